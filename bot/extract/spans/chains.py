"""Who told whom: "A quoted B as saying …", "B, according to A, said …"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.extract.spans.drafts import (
    QUOTATION_MARKS,
    Draft,
    content_type,
    joined_text,
    overlap,
    sentence_at,
    shifted,
    subtract,
    total_length,
)
from bot.extract.spans.repair import tidy_content
from bot.extract.speakers.kinds import is_outlet
from bot.extract.speakers.names import MAX_NAME_WORDS, may_be_name
from bot.extract.words import head_phrase, words
from bot.languages.table import edges, people, quoting
from bot.model import Span, Spans


def resolve_chains(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """Resolve chains: the quoted person becomes the source, the quoting one becomes `between`.

    An attribution whose content is only that link ("A quoted [B] and reported …") is dropped.
    """
    found = [_resolve_chain(text, draft) for draft in drafts]
    links = [draft.source for draft in found if draft.between]
    return [draft for draft in found if draft.content and not _is_link(text, draft, links)]


def _is_link(text: str, draft: Draft, links: list[Spans]) -> bool:
    """Tell whether a content only names who is quoted: "citing two dockers"."""
    if any(overlap(draft.content, link) == total_length(draft.content) for link in links):
        return True
    cue, content = set(words(joined_text(text, draft.cue))), joined_text(text, draft.content)
    short = len(content.split()) <= MAX_NAME_WORDS and QUOTATION_MARKS.isdisjoint(content)
    return bool(cue) and cue <= edges.QUOTING_VERBS and short and _may_be_cited(content)


def _resolve_chain(text: str, draft: Draft) -> Draft:
    if not draft.source:
        return draft
    quoted_by = _according_to(text, draft) or _quoted_by(text, draft)
    if quoted_by:
        return quoted_by
    who = _cited(text, draft)
    if who is None:
        return _reported(text, draft)
    content = tidy_content(text, subtract(draft.content, (who,)))
    return replace(draft, source=(who,), between=draft.source, content=content)


def _reported(text: str, draft: Draft) -> Draft:
    """Read "the Echo reported that B, according to A, has left" as what A said."""
    start, end = draft.content[0]
    found = (
        quoting.ACCORDING_IN_CONTENT.match(text, start, end)
        if is_outlet(joined_text(text, draft.source))
        else None
    )
    if not found or not _may_be_cited(found["who"]):
        return draft
    content = tidy_content(text, subtract(draft.content, ((found.start("link"), found.end()),)))
    return replace(draft, source=(found.span("who"),), between=draft.source, content=content)


def _cited(text: str, draft: Draft) -> Span | None:
    """Find whom an outlet quotes: "quoted B as saying", "quoted B and reported", ", citing B,".

    Only an outlet relays; anybody else who cites somebody still speaks for themselves.
    """
    if not is_outlet(joined_text(text, draft.source)):
        return None
    ends = (draft.source[-1][1], draft.cue[-1][1])
    found = quoting.QUOTES_SOURCE.match(text, ends[0], draft.paragraph.end)
    own_words = content_type(text, (draft.paragraph,), draft.content) == "direct"
    for end in () if own_words else ends:
        after = [start for start, _ in draft.content if start >= end]
        found = found or quoting.CITES_SOURCE.match(text, end, min([draft.paragraph.end, *after]))
    return found.span("who") if found and _may_be_cited(found["who"]) else None


def _quoted_by(text: str, draft: Draft) -> Draft | None:
    """Read "B, quoted by A, said", "B said, as quoted by A" and "B was quoted by A as saying"."""
    start, end = draft.source[0][0], draft.source[-1][1]
    if found := quoting.QUOTED_BY.search(text, start, end):
        return replace(draft, source=((start, found.start()),), between=(found.span("who"),))
    tail = draft.cue[-1][1], draft.paragraph.end
    found = quoting.QUOTED_BY.match(text, end, tail[1]) or quoting.WAS_QUOTED_BY.match(
        text, end, tail[1]
    )
    found = found or quoting.QUOTED_BY.match(text, *tail)
    return replace(draft, between=(found.span("who"),)) if found else None


def _according_to(text: str, draft: Draft) -> Draft | None:
    """Read "B, according to A, said …", whichever of the two was tagged as the source."""
    (start, end), cue = (draft.source[0][0], draft.source[-1][1]), draft.cue[0][0]
    found = quoting.ACCORDING_TO.match(text, end, cue)
    if found and found.end() == cue:
        return replace(draft, between=(found.span("who"),))
    first = sentence_at(text, draft.paragraph, start)[0]
    first = max(first, start - quoting.MAX_NAME_DISTANCE)
    before = quoting.SOURCE_BEFORE_ACCORDING.search(text[first:start])
    if not before or text[end:cue].strip() != "," or not may_be_name(before["who"]):
        return None
    who = shifted([before.span("who")], first)
    return replace(draft, source=who, between=draft.source)


def _may_be_cited(who: str) -> bool:
    """Tell whether words may name who speaks, and no reason ("citing a lack of money")."""
    last = head_phrase(who).split()[-1:]
    return bool(last) and (last[0][0].isupper() or last[0].lower() in people.CITABLE_NOUNS)
