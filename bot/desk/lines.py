"""The words for a check, the same in Slack and the terminal. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.desk.check import Check
from bot.desk.rows import FINDINGS, Finding, Row
from bot.model import Claim, Coverage, Span, Spans
from bot.wording.answers import article_line, searched_period, with_noun
from bot.wording.runs import Run, Runs
from bot.words import say

MAX_EXCERPT, AROUND = 300, 90
"""Characters of a wording that is shown, and how many of them before its first difference."""
LEFT_OUT = "… "


def sum_lines(check: Check) -> list[str]:
    """Return how many quotations, and how many paraphrases, are in print and how."""
    lines = []
    for kind, noun in (("quotation", "desk.quotations"), ("paraphrase", "desk.paraphrases")):
        found = [row.finding for row in check.rows if row.quoted.kind == kind]
        order: Sequence[Finding] = ("word_for_word", "paraphrase", *FINDINGS[:-2])
        counts = [say(f"desk.count_{one}", n=found.count(one)) for one in order if one in found]
        if counts:
            what = say(noun, n=len(found))
            lines.append(say("desk.sums", what=what, counts=", ".join(counts)))
    return lines or [say("desk.nothing")]


def name_lines(check: Check) -> list[str]:
    """Return a line for each name that the archive spells otherwise."""
    return [say("desk.misspelt", name=name, known=known) for name, known in check.names.items()]


def searched_line(searched: Coverage) -> str:
    """Say what was searched."""
    return say(
        "desk.searched",
        articles=with_noun(searched.articles, "article"),
        claims=with_noun(searched.claims, "claim"),
        dates=searched_period(searched),
    )


def finding_lines(row: Row) -> list[str]:
    """Say what was found about a quotation, the worst first."""
    lines = [_finding_line(row, finding) for finding in row.findings]
    if row.quoted.kind == "quotation" and row.article and not row.is_quoted:
        lines.append(say("desk.unquoted"))
    return lines


def _finding_line(row: Row, finding: Finding) -> str:
    if finding == "altered":
        return say(f"desk.altered_{row.change}")
    if finding == "source_gone" and row.gone:
        return say(f"desk.source_gone_{row.gone.state}")
    if finding == "another_speaker":
        return say("desk.another_speaker", speaker=_speaker(row.claim))
    if finding == "chain_lost":
        return say("desk.chain_lost", source=_source(row.claim))
    if finding == "force_changed" and row.claim and row.claim.cue:
        return say("desk.force_changed", cue=row.claim.cue)
    return say("desk.force_changed_words" if finding == "force_changed" else f"desk.{finding}")


def _speaker(claim: Claim | None) -> str:
    return (claim and claim.speaker_name) or say("desk.nobody")


def _source(claim: Claim | None) -> str:
    parts = [_speaker(claim), claim.cue, *claim.via] if claim else []
    return ", ".join(filter(None, parts))


def where_line(row: Row) -> Runs:
    """Return who said the nearest printed words, and where."""
    if row.gone or row.article is None:
        return ()
    speaker = Run(_speaker(row.claim), strong=True)
    return (speaker, Run(" · "), *article_line(row.article.card))


def wording(row: Row, side: Literal["draft", "printed"], text: str) -> tuple[str, Spans]:
    """Return the words of a quotation in a draft, or the nearest in print, with the spans of the
    differences; `text` is that of the draft or of the article."""
    start, end = row.quoted.span if side == "draft" else row.printed
    marked = [getattr(difference, side) for difference in row.differences]
    return excerpt(text, (start, end), [span for span in marked if span[0] < span[1]])


def excerpt(text: str, span: Span, marked: Sequence[Span]) -> tuple[str, Spans]:
    """Return a span of a text on one line, cut around its first marked words, with the places of
    these there."""
    start, end = span[0], max(span[1], *(end for _, end in marked), 0)
    first = min((at for at, _ in marked), default=start)
    if end - start > MAX_EXCERPT and first - start > AROUND:
        start = text.rfind(" ", start, first - AROUND // 2) + 1
    cut = min(end, start + MAX_EXCERPT)
    lead = LEFT_OUT if start > span[0] else ""
    shown = "".join(" " if char.isspace() else char for char in text[start:cut])
    shift = start - len(lead)
    places = tuple((at - shift, min(to, cut) - shift) for at, to in marked if at < cut)
    return f"{lead}{shown}{'…' if cut < end else ''}", places
