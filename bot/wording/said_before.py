"""The words for what a speaker said before. No I/O."""

from __future__ import annotations

from bot.model import Earlier, SaidOnSubject
from bot.wording.answers import article_label, outlet_name
from bot.wording.hits import shown_passage
from bot.wording.runs import shorten
from bot.words import say
from bot.words.dates import full_date

MAX_PASSAGE, MAX_SUBJECT = 250, 80


def earlier_line(earlier: Earlier) -> str:
    """Return an earlier claim as printed, with its outlet and day, and what of it is opposed."""
    article = earlier.hit.article
    text, _ = shown_passage(earlier.hit)
    where = [outlet_name(article) or article_label(article)]
    if article.published_on:
        where.append(full_date(article.published_on))
    printed = shorten(" ".join(text.split()), MAX_PASSAGE)
    line = say("speakers.earlier", printed=printed, where=" · ".join(where))
    if not earlier.opposition:
        return line
    return say(f"speakers.opposed_{earlier.opposition}", line=line)


def subject_line(said: SaidOnSubject) -> str:
    """Say how many statements of a speaker on a subject there are."""
    subject = shorten(said.subject, MAX_SUBJECT)
    if not said.rows:
        return say("speakers.nothing_on_subject", name=said.speaker, subject=subject)
    return say("speakers.on_subject", name=said.speaker, subject=subject, n=said.total)
