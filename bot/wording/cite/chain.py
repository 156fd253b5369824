"""Sentences that say who relayed a claim. Pure."""

from __future__ import annotations

import re

from bot.languages.table import clarity, reporters
from bot.model import Claim
from bot.wording.cite.clarity import unquoted
from bot.wording.cite.parts import Parts, without_stop
from bot.wording.cite.source import subject, with_closing_comma
from bot.wording.cite.verbs import finite_verb
from bot.wording.runs import Run, Runs, plain


def chain_sentence(claim: Claim, parts: Parts, who: Runs) -> Runs | None:
    """Make a sentence with the relaying source as subject: "The Journal reported, citing insiders,
    that …", "The ministry denied that he had said …"."""
    if (
        len(claim.via) != 1
        or reporters.NON_REPORTER.fullmatch(claim.via[0])
        or (reporter := _subject(claim.via[0])) is None
    ):
        return None
    content = parts.cut(parts.content[0][0], parts.content[-1][1])
    if content is None or clarity.FIRST_PERSON.search(unquoted(content)):
        return None
    if claim.outer_cue:
        return _reported_report(claim, parts, who, reporter)
    if parts.order == "CSK" and reporters.REPORTING_VERB.match(parts.words(parts.cue)):
        return _citing(claim, parts, who, reporter)
    return None


def with_chain(claim: Claim, runs: Runs) -> Runs | None:
    """Add those who relayed it; None if the outer speaker has a cue of their own."""
    if claim.outer_cue:
        return None
    text = plain(runs).casefold()
    for name in claim.via:
        chain = _subject(name)
        if chain is None:
            return None
        if name.casefold() not in text:
            *before, last = runs
            last = last._replace(text=without_stop(last.text))
            runs = (*before, last, Run(", according to "), *chain)
    return runs


def _subject(name: str) -> Runs | None:
    return subject(Claim(id="", article_id="", kind="attribution", text="", source=name), name)


def _reported_report(claim: Claim, parts: Parts, who: Runs, reporter: Runs) -> Runs | None:
    """A sentence for what somebody denied, asked or believes that another said."""
    cue = (claim.outer_cue or "").strip(" ,:;")
    found = re.search(rf"\b{re.escape(cue)}\s+that\s*$", parts.text[parts.start : parts.source[0]])
    after = parts.text[parts.source[1] : parts.content[-1][1]]
    if (
        not found
        or parts.order != "SCK"
        or not (verb := finite_verb(cue, of_several=True, near=True))
    ):
        return None
    return (
        *with_closing_comma(reporter),
        Run(f" {verb} that "),
        *with_closing_comma(who),
        Run(after),
    )


def _citing(claim: Claim, parts: Parts, who: Runs, reporter: Runs) -> Runs | None:
    """What somebody reported, citing another."""
    lead = parts.lead.strip()
    is_subject = lead.casefold() == claim.via[0].casefold() or reporters.REPORTER_SUBJECT.fullmatch(
        parts.lead
    )
    verb = finite_verb(parts.words(parts.cue), of_several=False, near=True)
    if not lead or not is_subject or verb is None:
        return None
    between = parts.text[parts.cue[1] : parts.source[0]]
    after = parts.text[parts.source[1] : parts.content[-1][1]]
    return (*with_closing_comma(reporter), Run(f" {verb}{between}"), *who, Run(after))
