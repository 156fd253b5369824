"""Find out who told whom: "A quoted B as saying …", "B, according to A, said …"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.extract.spans.drafts import Draft, sentence_at
from bot.extract.spans.repair import tidy_content
from bot.extract.speakers.kinds import is_outlet
from bot.extract.speakers.names import may_be_name
from bot.extract.words import head_phrase, joined_text, total_length
from bot.languages.table import people, quoting
from bot.text.spans import overlap, shifted, subtract


def resolve_chains(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """Make the quoted person the source, and whoever quotes them the relay.

    An attribution whose content only names the quoted person ("A quoted [B] and reported …") is
    dropped.
    """
    resolved = [
        _resolve_chain(text, _quoted_by(text, draft)) if draft.source else draft for draft in drafts
    ]
    quoted_sources = [draft.source for draft in resolved if draft.relay]
    return [
        draft
        for draft in resolved
        if draft.content
        and not any(
            overlap(draft.content, source) == total_length(draft.content)
            for source in quoted_sources
        )
    ]


def _quoted_by(text: str, draft: Draft) -> Draft:
    """Make Roe, who was tagged as content, the source of "Roe was quoted by the Echo"."""
    before = [span for span in draft.content if span[1] <= draft.cue_start]
    is_quoted_by = quoting.ENDS_QUOTED_BY.search(joined_text(text, draft.cue))
    if draft.source[0][0] < draft.cue_start or not before or not is_quoted_by:
        return draft
    name = quoting.LAST_NAME.search(text, max(before[-1][0], before[-1][1] - 60), before[-1][1])
    source = name.span("name") if name else before[-1]
    if text[source[1] : draft.cue_start].strip() or not may_be_name(text[slice(*source)]):
        return draft
    content = subtract(draft.content, (source,))
    return replace(draft, source=(source,), relay=draft.source, content=content, is_guessed=False)


def _resolve_chain(text: str, draft: Draft) -> Draft:
    """Read "B, quoted by A, said" and its like; then A's "quoted B as saying" and ", citing B,".

    Only outlets relay; anybody else who cites somebody speaks for themselves.
    """
    if draft.relay:
        return draft
    start, end = draft.source[0][0], draft.source[-1][1]
    last = draft.paragraph.end
    match = quoting.ACCORDING_TO.fullmatch(text, end, draft.cue_start)
    if match or (
        match := quoting.QUOTED_BY.match(text, end, last)
        or quoting.WAS_QUOTED_BY.match(text, end, last)
        or quoting.QUOTED_BY.match(text, draft.cue_end, last)
    ):
        return replace(draft, relay=(match.span("who"),))
    sentence_start = sentence_at(text, draft.paragraph, start)[0]
    search_start = max(sentence_start, start - quoting.MAX_NAME_DISTANCE)
    match = quoting.SOURCE_BEFORE_ACCORDING.search(text[search_start:start])
    if match and text[end : draft.cue_start].strip() == "," and may_be_name(match["who"]):
        return replace(draft, source=shifted([match.span("who")], search_start), relay=draft.source)
    if not is_outlet(draft.source_text(text)):
        return draft
    match = (
        quoting.QUOTES_SOURCE.match(text, end, last)
        or quoting.CITES_SOURCE.match(text, end, last)
        or quoting.CITES_SOURCE.match(text, draft.cue_end, last)
    )
    if match is None or not _may_be_cited(match["who"]):
        return draft
    source = match.span("who")
    content = tidy_content(text, subtract(draft.content, (source,)))
    return replace(draft, source=(source,), relay=draft.source, content=content)


def _may_be_cited(phrase: str) -> bool:
    """Tell whether words may name a speaker, rather than a reason ("citing a lack of money")."""
    last = head_phrase(phrase).split()[-1:]
    return bool(last) and (last[0][0].isupper() or last[0].lower() in people.CITABLE_NOUNS)
