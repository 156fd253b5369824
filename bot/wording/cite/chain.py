"""Sentences that name the intermediaries of a claim. No I/O."""

from __future__ import annotations

import re

from bot.languages.table import clarity, passages
from bot.model import Claim
from bot.wording.cite.clarity import replace_quotations
from bot.wording.cite.parts import Parts, without_stop
from bot.wording.cite.source import make_subject, with_closing_comma
from bot.wording.cite.verbs import finite_verb
from bot.wording.runs import Run, Runs, plain_text


def chain_sentence(claim: Claim, parts: Parts, speaker: Runs) -> Runs | None:
    """Make a sentence with the intermediary as its subject: "The Journal reported, citing
    insiders, that …", "The ministry denied that he had said …"."""
    if (
        len(claim.via) != 1
        or passages.NON_REPORTER.fullmatch(claim.via[0])
        or (reporter := _intermediary(claim.via[0], parts)) is None
    ):
        return None
    content = parts.cut(parts.content[0][0], parts.content[-1][1])
    if content is None or clarity.FIRST_PERSON.search(replace_quotations(content)):
        return None
    if claim.outer_cue:
        return _outer_cue_sentence(claim, parts, speaker, reporter)
    if parts.order == "CSK" and passages.REPORTING_VERB.match(parts.words(parts.cue)):
        return _citing_sentence(claim, parts, speaker, reporter)
    return None


def with_chain(claim: Claim, parts: Parts, runs: Runs) -> Runs | None:
    """Add the intermediaries; None if the sentence does not print them, or if the outer speaker has
    a cue of their own."""
    if claim.outer_cue:
        return None
    text = plain_text(runs).casefold()
    for name in claim.via:
        intermediary = _intermediary(name, parts)
        if intermediary is None:
            return None
        if name.casefold() not in text:
            *before, last = runs
            last = last._replace(text=without_stop(last.text))
            runs = (*before, last, Run(", according to "), *intermediary)
    return runs


def _intermediary(name: str, parts: Parts) -> Runs | None:
    is_printed = name.casefold() in parts.text[parts.start : parts.end].casefold()
    return make_subject(name) if is_printed else None


def _outer_cue_sentence(claim: Claim, parts: Parts, speaker: Runs, reporter: Runs) -> Runs | None:
    """A sentence for what somebody denied, asked or believes that another said."""
    cue = (claim.outer_cue or "").strip(" ,:;")
    match = re.search(rf"\b{re.escape(cue)}\s+that\s*$", parts.text[parts.start : parts.source[0]])
    after = parts.text[parts.source[1] : parts.content[-1][1]]
    if (
        not match
        or parts.order != "SCK"
        or not (verb := finite_verb(cue, is_plural=True, is_adjacent=True))
    ):
        return None
    subject_runs = *with_closing_comma(reporter), Run(f" {verb} that ")
    return (*subject_runs, *with_closing_comma(speaker), Run(after))


def _citing_sentence(claim: Claim, parts: Parts, speaker: Runs, reporter: Runs) -> Runs | None:
    """A sentence for what somebody reported, citing another."""
    lead = parts.lead.strip()
    is_subject = lead.casefold() == claim.via[0].casefold() or passages.REPORTER_SUBJECT.fullmatch(
        parts.lead
    )
    verb = finite_verb(parts.words(parts.cue), is_plural=False, is_adjacent=True)
    if not lead or not is_subject or verb is None:
        return None
    between = parts.text[parts.cue[1] : parts.source[0]]
    after = parts.text[parts.source[1] : parts.content[-1][1]]
    return (*with_closing_comma(reporter), Run(f" {verb}{between}"), *speaker, Run(after))
