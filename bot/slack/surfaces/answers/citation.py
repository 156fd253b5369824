"""A claim as texts to copy: a news sentence, a link, Markdown, with warnings. Pure.

Nothing is added to what the article prints and what is known of it; what is unknown is called
unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.model import FOREIGN_PARAGRAPH, UNATTRIBUTED, ArticleCard, Claim, Hit
from bot.wording.answers import article_line
from bot.wording.cite.sentence import make_sentence
from bot.wording.hits import shown_passage, who_line
from bot.wording.runs import WEB_ADDRESS, Runs, plain_text, say_runs, shorten
from bot.wording.who_line import is_body
from bot.words import say
from bot.words.dates import day_of_year, full_date

LONGEST, LONGEST_CONTENT, LONGEST_NAME = 2_900, 1_800, 200
"""Characters of a text, and of what stands in it; an input has room for 3,000."""

REPORTING = re.compile(r"\breport(?:s|ed|ing)?\b", re.IGNORECASE)
WORD = re.compile(r"\w+")
# Words whose day depends on when they are read.
RELATIVE_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|tomorrow"
    r"|(?:last|next|this) (?:night|week|weekend|month|year|spring|summer|autumn|winter|morning"
    r"|afternoon|evening))\b",
    re.IGNORECASE,
)
# What CommonMark and GitHub's dialect read as markup: marks, entities and addresses that become
# links; and, at the start of a line, what begins a list.
MARKDOWN = re.compile(
    r"[\\`*_\[\]<>#|~]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.|(?<=mailto):|(?<=\w)@(?=\w)", re.IGNORECASE
)
LIST_MARKER = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[-+](?:[\s-]|$)))")


class Citation(NamedTuple):
    """The texts of a claim: a sentence, or only the quotation if no sentence can be made.

    `link` is None if the article has no address.
    """

    as_news: Runs
    is_sentence: bool
    link: str | None
    markdown: str
    warnings: tuple[str, ...]


def citation(hit: Hit, introduction: str | None, not_printed: str | None = None) -> Citation:
    """Make the texts of a claim.

    `introduction` is its speaker as the article describes them, if it does ("Sun Yun, director of
    the China Program at the Stimson Center"); `not_printed` is a speaker's name that people gave
    and the article does not print.
    """
    article = hit.article
    link = article.url if WEB_ADDRESS.fullmatch(article.url or "") else None
    news = _as_news(hit, introduction, not_printed)
    return Citation(
        as_news=news or _quotation(hit),
        is_sentence=news is not None,
        link=link,
        markdown=shorten(_markdown(hit), LONGEST),
        warnings=tuple(_warnings(hit, plain_text(news) if news else "", not_printed)),
    )


# -- as news


def _as_news(hit: Hit, introduction: str | None, not_printed: str | None) -> Runs | None:
    """Return the sentence with where it was reported; None if none can be made."""
    article = hit.article
    reported = _reported(article, is_repeated=bool(REPORTING.search(hit.claim.cue or "")))
    if not_printed:  # the outlet has not said that it was this one
        name = shorten(not_printed, LONGEST_NAME)
        reported = say("cite.without_name", reported=reported, name=name)
    return make_sentence(hit, introduction=introduction, reported=reported)


def _quotation(hit: Hit) -> Runs:
    """Return the printed passage, then who makes the claim and where."""
    article = hit.article
    text, _ = shown_passage(hit, LONGEST_CONTENT)
    day = full_date(article.published_on) if article.published_on else say("cite.date_not_known")
    outlet = shorten(article.outlet or say("cite.outlet_not_known"), LONGEST_NAME)
    who = tuple(run._replace(text=shorten(run.text, LONGEST_NAME)) for run in who_line(hit))
    text = shorten(text, max(LONGEST_NAME, LONGEST - len(plain_text(who)) - len(outlet) - len(day)))
    return say_runs("cite.quoted", passage=text, who=who, outlet=outlet, day=day)


def _reported(article: ArticleCard, *, is_repeated: bool) -> str:
    """Say where it was reported; without that verb if it would be repeated."""
    verb = "cite.according_" if is_repeated else "cite.reported_"
    outlet, day = article.outlet, article.published_on and full_date(article.published_on)
    if outlet and day:
        return say(f"{verb}on", outlet=shorten(outlet, LONGEST_NAME), day=day)
    if outlet:
        return say(f"{verb}undated", outlet=shorten(outlet, LONGEST_NAME))
    if day:
        return say(f"{verb}somewhere", day=day)
    return say(f"{verb}nowhere")


# -- as Markdown


def _markdown(hit: Hit) -> str:
    claim, article = hit.claim, hit.article
    length = LONGEST_CONTENT
    text, _ = shown_passage(hit, length)
    while len(_escaped(text)) > LONGEST_CONTENT:
        length = length * 2 // 3
        text, _ = shown_passage(hit, length)
    quote = "\n>\n".join(
        f"> {_escape_list_marker(_escaped(' '.join(one.split())))}"
        for one in text.split("\n")
        if one.strip()
    )
    where = _markdown_line(article_line(article))
    if claim.corrected:
        where += f" · {say('claims.corrected')}"
    return f"{_escape_list_marker(_markdown_line(who_line(hit)))}\n\n{quote}\n\n{where}"


def _markdown_line(runs: Runs) -> str:
    out = ""
    for run in runs:
        text = _escaped(re.sub(r"\s+", " ", shorten(run.text, LONGEST_NAME)))
        if run.strong and text.strip():
            text = f"**{text}**"
        if WEB_ADDRESS.fullmatch(run.link or ""):
            text = f"[{text}](<{run.link}>)"
        out += text
    return out


def _escaped(text: str) -> str:
    return MARKDOWN.sub(r"\\\g<0>", text)


def _escape_list_marker(line: str) -> str:
    return LIST_MARKER.sub(r"\1\\", line)


# -- what to know


def _warnings(hit: Hit, news: str, not_printed: str | None) -> Iterator[str]:
    claim, article = hit.claim, hit.article
    yield from _source_warnings(claim)
    if found := RELATIVE_DAY.search(news):
        day = article.published_on and full_date(article.published_on)
        key = "cite.day_word" if day else "cite.day_word_undated"
        yield say(key, word=found[0], day=day) if day else say(key, word=found[0])
    if claim.near and claim.kind == "attribution":
        nearby = shorten(claim.near.text, LONGEST_NAME)
        yield say("cite.nearby", speaker=claim.near.speaker, content=nearby)
    if claim.said_on and claim.said_on_inferred:
        day, year = day_of_year(claim.said_on), str(claim.said_on.year)
        yield say("cite.year_inferred", day=day, year=year)
    if claim.corrected and not_printed:
        yield say("cite.not_printed", name=shorten(not_printed, LONGEST_NAME))
    elif claim.corrected:
        yield say("cite.corrected")
    yield from _article_warnings(article)
    if len(claim.text) > LONGEST_CONTENT:
        yield say("cite.cut")


def _source_warnings(claim: Claim) -> Iterator[str]:
    speaker, source = claim.speaker, claim.source
    if claim.kind == FOREIGN_PARAGRAPH:
        yield say("cite.unread")
    elif claim.kind == UNATTRIBUTED:
        yield say("cite.own_voice")
    elif claim.unsure:
        yield say("cite.unsure", nearest=source or speaker or "")
    elif not (speaker or source):
        yield say("cite.none")
    elif claim.source_kind == "unnamed":
        yield say("cite.unnamed")
    elif claim.source_kind == "described" and not is_body(speaker or source or ""):
        yield say("cite.described")
    elif speaker and source and _is_resolved(source, speaker):
        yield say("cite.resolved", source=source, speaker=speaker)


def _is_resolved(printed: str, speaker: str) -> bool:
    """Tell whether the printed source has no word of the speaker's name: "he", "the minister"."""
    return set(WORD.findall(printed.casefold())).isdisjoint(WORD.findall(speaker.casefold()))


def _article_warnings(article: ArticleCard) -> Iterator[str]:
    if article.sample:
        yield say("cite.sample")
    if article.excerpt:
        yield say("cite.excerpt")
    if article.version > 1:
        yield say("cite.version", version=str(article.version))
    if article.copy_of:
        yield say("cite.copied")
