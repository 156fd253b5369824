"""Find out who told whom: "A quoted B as saying …", "B, according to A, said …"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, content_type, sentence_at
from bot.extract.spans.repair import tidy_content
from bot.extract.speakers.kinds import is_outlet
from bot.extract.speakers.names import MAX_NAME_WORDS, may_be_name
from bot.extract.words import head_phrase
from bot.languages.table import people, quoting, span_edges
from bot.model import Span, Spans
from bot.text.spans import overlap, shifted, subtract, total_length


def resolve_chains(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """Make the quoted person the source, and whoever quotes them the relay.

    An attribution whose content only names the quoted person ("A quoted [B] and reported …") is
    dropped.
    """
    resolved = [_resolve_chain(text, draft) for draft in drafts]
    quoted_sources = [draft.source for draft in resolved if draft.relay]
    return [
        draft
        for draft in resolved
        if draft.content and not _only_names_source(text, draft, quoted_sources)
    ]


def _only_names_source(text: str, draft: Draft, quoted_sources: list[Spans]) -> bool:
    """Tell whether a content only names who is quoted: "citing two dockers"."""
    length = total_length(draft.content)
    if any(overlap(draft.content, source) == length for source in quoted_sources):
        return True
    cue, content = set(draft.cue_words(text)), draft.content_text(text)
    is_short = len(content.split()) <= MAX_NAME_WORDS and QUOTATION_MARKS.isdisjoint(content)
    return bool(cue) and cue <= span_edges.QUOTING_VERBS and is_short and _may_be_cited(content)


def _resolve_chain(text: str, draft: Draft) -> Draft:
    if not draft.source:
        return draft
    resolved = _resolve_according_to(text, draft) or _resolve_quoted_by(text, draft)
    if resolved:
        return resolved
    source = _cited_source(text, draft)
    if source is None:
        return _resolve_report(text, draft)
    return _relayed(text, draft, source, source)


def _relayed(text: str, draft: Draft, source: Span, removed: Span) -> Draft:
    """Make the source the relay of another one, and remove a span from the content."""
    content = tidy_content(text, subtract(draft.content, (removed,)))
    return replace(draft, source=(source,), relay=draft.source, content=content)


def _resolve_report(text: str, draft: Draft) -> Draft:
    """Read "the Echo reported that B, according to A, has left" as what A said."""
    if not is_outlet(draft.source_text(text)):
        return draft
    match = quoting.ACCORDING_IN_CONTENT.match(text, *draft.content[0])
    if not match or not _may_be_cited(match["who"]):
        return draft
    return _relayed(text, draft, match.span("who"), (match.start("link"), match.end()))


def _cited_source(text: str, draft: Draft) -> Span | None:
    """Find whom an outlet quotes: "quoted B as saying", "quoted B and reported", ", citing B,".

    Only outlets relay; anybody else who cites somebody speaks for themselves.
    """
    if not is_outlet(draft.source_text(text)):
        return None
    source_end = draft.source[-1][1]
    match = quoting.QUOTES_SOURCE.match(text, source_end, draft.paragraph.end)
    if content_type(text, (draft.paragraph,), draft.content) != "direct":
        for end in (source_end, draft.cue_end):
            content_starts = [start for start, _ in draft.content if start >= end]
            limit = min([draft.paragraph.end, *content_starts])
            match = match or quoting.CITES_SOURCE.match(text, end, limit)
    return match.span("who") if match and _may_be_cited(match["who"]) else None


def _resolve_quoted_by(text: str, draft: Draft) -> Draft | None:
    """Read "B, quoted by A, said", "B said, as quoted by A" and "B was quoted by A as saying"."""
    start, end = draft.source[0][0], draft.source[-1][1]
    if match := quoting.QUOTED_BY.search(text, start, end):
        return replace(draft, source=((start, match.start()),), relay=(match.span("who"),))
    paragraph_end = draft.paragraph.end
    match = (
        quoting.QUOTED_BY.match(text, end, paragraph_end)
        or quoting.WAS_QUOTED_BY.match(text, end, paragraph_end)
        or quoting.QUOTED_BY.match(text, draft.cue_end, paragraph_end)
    )
    return replace(draft, relay=(match.span("who"),)) if match else None


def _resolve_according_to(text: str, draft: Draft) -> Draft | None:
    """Read "B, according to A, said …", whichever of the two was tagged as the source."""
    start, end = draft.source[0][0], draft.source[-1][1]
    match = quoting.ACCORDING_TO.match(text, end, draft.cue_start)
    if match and match.end() == draft.cue_start:
        return replace(draft, relay=(match.span("who"),))
    sentence_start = sentence_at(text, draft.paragraph, start)[0]
    search_start = max(sentence_start, start - quoting.MAX_NAME_DISTANCE)
    match = quoting.SOURCE_BEFORE_ACCORDING.search(text[search_start:start])
    if not match or text[end : draft.cue_start].strip() != "," or not may_be_name(match["who"]):
        return None
    return replace(draft, source=shifted([match.span("who")], search_start), relay=draft.source)


def _may_be_cited(phrase: str) -> bool:
    """Tell whether words may name a speaker, rather than a reason ("citing a lack of money")."""
    last_words = head_phrase(phrase).split()[-1:]
    return bool(last_words) and (
        last_words[0][0].isupper() or last_words[0].lower() in people.CITABLE_NOUNS
    )
