"""Make texts of a claim to copy (a news sentence, a link, Markdown) with warnings. No I/O.

The texts contain only what the article prints and what we know about it. They say what is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.model import FOREIGN_PARAGRAPH, UNATTRIBUTED, ArticleCard, Hit
from bot.text.unnamed import is_body
from bot.wording.answers import article_line, claimed_outlet_note, doubt_note, outlet_name
from bot.wording.cite.sentence import make_sentence
from bot.wording.hits import after_line, before_line, shown_passage, who_line, without_guess
from bot.wording.runs import BIDI_CONTROLS, WEB_ADDRESS, Run, Runs, plain_text, say_runs, shorten
from bot.words import say
from bot.words.dates import day_of_year, full_date

MAX_TEXT_LENGTH, MAX_CONTENT_LENGTH, MAX_NAME_LENGTH = 2_900, 1_800, 200
"""Characters of a text, and of the passage and each name in it; an input takes 3,000."""

REPORTING_VERB = re.compile(r"\breport(?:s|ed|ing)?\b", re.IGNORECASE)
WORD = re.compile(r"\w+")
# Words that mean another day when they are read later.
RELATIVE_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|tomorrow"
    r"|(?:last|next|this) (?:night|week|weekend|month|year|spring|summer|autumn|winter|morning"
    r"|afternoon|evening))\b",
    re.IGNORECASE,
)
# What CommonMark and GitHub's dialect read as markup: marks, entities and addresses that become
# links. LIST_MARKER is what starts a list item at the beginning of a line.
MARKDOWN = re.compile(
    r"[\\`*_\[\]<>#|~]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.|(?<=mailto):|(?<=\w)@(?=\w)", re.IGNORECASE
)
LIST_MARKER = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[-+](?:[\s-]|$)))")


class Citation(NamedTuple):
    """The texts of a claim to copy, the first of which is posted.

    `text` is a news sentence or, if no sentence can be made, the quotation. `link` is None if the
    article has no web address.
    """

    text: str
    is_sentence: bool
    link: str | None
    markdown: str
    warnings: tuple[str, ...]


def make_citation(
    hit: Hit,
    corrected: Collection[str] = (),
    unprinted_name: str | None = None,
    disputes: Sequence[str] = (),
) -> Citation:
    """Make the texts for citing a claim. None of them names who the source only probably is.

    `corrected` are the fields of the claim that people have corrected: their words take the place
    of the printed sentence. `unprinted_name` is a speaker's name that people added and that the
    article does not print. `disputes` say who disputes the claim.
    """
    article, safe = hit.article, without_guess(hit)
    in_own_words = replace(safe, passage=None)
    news_sentence = make_sentence(
        in_own_words if {"source", "cue", "content"} & {*corrected} else safe,
        is_confirmed="speaker" in corrected,
        reported=_report(hit, unprinted_name),
    )
    quoted = in_own_words if "content" in corrected else safe
    text = plain_text(news_sentence or _quotation(quoted)).translate(BIDI_CONTROLS)
    warnings = _warnings(hit, text, corrected, unprinted_name, is_sentence=bool(news_sentence))
    return Citation(
        text=text,
        is_sentence=news_sentence is not None,
        link=article.url if WEB_ADDRESS.fullmatch(article.url or "") else None,
        markdown=shorten(_markdown(quoted), MAX_TEXT_LENGTH),
        warnings=(*disputes, *warnings),
    )


# -- the news sentence


def _report(hit: Hit, unprinted_name: str | None) -> str:
    """Say which outlet reported a claim and when, and that it has not named this speaker."""
    has_reporting_verb = bool(REPORTING_VERB.search(hit.claim.cue or ""))
    report = _outlet_and_date(hit.article, without_verb=has_reporting_verb)
    if not unprinted_name:
        return report
    name = shorten(unprinted_name, MAX_NAME_LENGTH)
    return say("cite.without_name", reported=report, name=name)


def _quotation(hit: Hit) -> Runs:
    """Return the printed passage, then who makes the claim, the outlet and the date."""
    article = hit.article
    text, _ = shown_passage(hit, MAX_CONTENT_LENGTH)
    day = full_date(article.published_on) if article.published_on else say("cite.date_not_known")
    outlet = shorten(outlet_name(article) or say("cite.outlet_not_known"), MAX_NAME_LENGTH)
    who = tuple(run._replace(text=shorten(run.text, MAX_NAME_LENGTH)) for run in who_line(hit))
    before = (*before_line(hit, MAX_NAME_LENGTH), Run("\n")) if before_line(hit) else ()
    rest = plain_text((*before, *who)), outlet, day
    passage = shorten(text, max(MAX_NAME_LENGTH, MAX_TEXT_LENGTH - sum(map(len, rest))))
    return (*before, *say_runs("cite.quoted", passage=passage, who=who, outlet=outlet, day=day))


def _outlet_and_date(article: ArticleCard, *, without_verb: bool) -> str:
    """Say which outlet reported a claim and when; `without_verb` avoids a second "reported"."""
    key = "cite.according_" if without_verb else "cite.reported_"
    outlet = article.outlet
    if not outlet and article.claimed_outlet:
        outlet = say("cite.claiming_article", outlet=article.claimed_outlet)
    outlet = outlet and shorten(outlet, MAX_NAME_LENGTH)
    day = article.published_on and full_date(article.published_on)
    if outlet and day:
        return say(f"{key}on", outlet=outlet, day=day)
    if outlet:
        return say(f"{key}undated", outlet=outlet)
    if day:
        return say(f"{key}somewhere", day=day)
    return say(f"{key}nowhere")


# -- Markdown


def _markdown(hit: Hit) -> str:
    claim = hit.claim
    length = MAX_CONTENT_LENGTH
    text, _ = shown_passage(hit, length)
    while len(_escape(text)) > MAX_CONTENT_LENGTH:
        length = length * 2 // 3
        text, _ = shown_passage(hit, length)
    quotation = "\n>\n".join(
        f"> {_escape_list_marker(_escape(' '.join(line.split())))}"
        for line in text.split("\n")
        if line.strip()
    )
    article = _markdown_line(article_line(hit.article))
    if claim.corrected:
        article += f" · {say('claims.corrected')}"
    before, who, after = before_line(hit, MAX_NAME_LENGTH), who_line(hit), after_line(hit)
    above = [_escape_list_marker(_markdown_line(line)) for line in (before, who) if line]
    below = [_markdown_line(after)] if after else []
    return "\n\n".join([*above, quotation, *below, article])


def _markdown_line(runs: Runs) -> str:
    line = ""
    for run in runs:
        text = _escape(re.sub(r"\s+", " ", shorten(run.text, MAX_NAME_LENGTH)))
        if run.strong and text.strip():
            text = f"**{text}**"
        if WEB_ADDRESS.fullmatch(run.link or ""):
            text = f"[{text}](<{run.link}>)"
        line += text
    return line


def _escape(text: str) -> str:
    return MARKDOWN.sub(r"\\\g<0>", text)


def _escape_list_marker(line: str) -> str:
    return LIST_MARKER.sub(r"\1\\", line)


# -- warnings


def _warnings(
    hit: Hit,
    text: str,
    corrected: Collection[str],
    unprinted_name: str | None,
    *,
    is_sentence: bool,
) -> Iterator[str]:
    """Yield what people should know before they use the texts."""
    claim, article = hit.claim, hit.article
    yield from _source_warnings(hit)
    speaker, source = claim.speaker or "", claim.source or ""
    if speaker and source and speaker in text and "speaker" not in corrected:
        words, name = ({*WORD.findall(one.casefold())} for one in (source, speaker))
        yield from () if words & name else [say("cite.resolved", source=source, speaker=speaker)]
    if is_sentence and (match := RELATIVE_DAY.search(text)):
        if article.published_on:
            yield say("cite.day_word", word=match[0], day=full_date(article.published_on))
        else:
            yield say("cite.day_word_undated", word=match[0])
    if claim.said_on and claim.said_on_inferred:
        day, year = day_of_year(claim.said_on), str(claim.said_on.year)
        yield say("cite.year_inferred", day=day, year=year)
    if claim.corrected and unprinted_name:
        yield say("cite.not_printed", name=shorten(unprinted_name, MAX_NAME_LENGTH))
    elif claim.corrected:
        yield say("cite.corrected")
    yield from _article_warnings(article)
    if len(claim.text) > MAX_CONTENT_LENGTH:
        yield say("cite.cut")


def unsure_note(hit: Hit) -> str:
    """Say that it is not sure who said a claim, without the guess."""
    source = without_guess(hit).claim.source
    return say("cite.unsure", nearest=source) if source else say("cite.none")


def _source_warnings(hit: Hit) -> Iterator[str]:
    claim, speaker, source = hit.claim, hit.claim.speaker, hit.claim.source
    if claim.kind == FOREIGN_PARAGRAPH:
        yield say("cite.unread")
    elif claim.kind == UNATTRIBUTED:
        yield say("cite.own_voice")
    elif claim.guess:
        yield unsure_note(hit)
    elif not (speaker or source):
        yield say("cite.none")
    elif claim.source_kind == "unnamed":
        yield say("cite.unnamed")
    elif claim.source_kind == "described" and not is_body(speaker or source or ""):
        yield say("cite.described")


def _article_warnings(article: ArticleCard) -> Iterator[str]:
    if article.sample:
        yield say("cite.sample")
    if claimed_outlet := claimed_outlet_note(article):
        yield claimed_outlet
    if article.is_doubtful:
        yield say("cite.doubtful", note=doubt_note(article.doubt))
    if article.excerpt:
        yield say("cite.excerpt")
    if article.version > 1:
        yield say("cite.version", version=str(article.version))
    if article.copy_of:
        yield say("cite.copied")
    if not article.outlet and (note := claimed_outlet_note(article)):
        yield note
