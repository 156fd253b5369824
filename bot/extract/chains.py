"""Who told whom: chains of speakers, and attributions inside the content of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from bot.extract.decoding import Found
from bot.extract.lexicon import DETERMINERS, PRONOUNS, SPEECH, words
from bot.extract.repair import Draft, overlap, repair, said
from bot.model import Span

SHORTEST = 25  # characters; less holds no attribution of its own
NEAR = 25  # characters between a source and its cue in one clause: "Roe at the time criticized"
WHO = (
    r"(?!by\b)(?P<who>[^,;:.“\"]{2,90}?)"
    r"(?=\s*,|\s+(?:as\s+saying|when|that|and\s+(?:\w+ed|said|wrote))\b|\s*$)"
)
QUOTING = re.compile(rf"\b(?:quot|cit)(?:ed|es?|ing)\s+{WHO}")
QUOTED_BY = re.compile(rf"\b(?:quoted|cited|reported)\s+by\s+{WHO}")
TAIL = re.compile(r"[^.\n“\"]*")


class Chain(NamedTuple):
    """Where another link of a chain is printed, and whether it is the speaker or stands between."""

    who: Span
    is_speaker: bool


def chain(text: str, draft: Draft) -> Chain | None:
    """Read "A quoted B and reported …", "A reported, citing B, that …", "B, quoted by A, said"."""
    if not draft.source:
        return None
    for start, end in around(text, draft):
        for pattern in (QUOTING, QUOTED_BY):
            found = pattern.search(text, start, end)
            if found and found.span("who") not in draft.source:
                return Chain(found.span("who"), pattern is QUOTING)
    return None


def without_links(text: str, drafts: list[Draft]) -> list[Draft]:
    """Drop attributions whose content is but the next link: "A quoted [B] and reported …"."""
    links = tuple(link.who for draft in drafts if (link := chain(text, draft)))
    return [
        draft
        for draft in drafts
        if not any(overlap(draft.content, (who,)) == _length(draft) for who in links)
    ]


def may_hold_another(text: str, draft: Draft) -> list[Span]:
    """List the pieces of content that are worth a second reading."""
    return [
        (start, end)
        for start, end in draft.content
        if end - start >= SHORTEST and not SPEECH.isdisjoint(words(text[start:end]))
    ]


def nested(text: str, outer: Draft, piece: Span, tagged: Iterable[Found]) -> list[Draft]:
    """Keep of what was tagged inside a piece of content the attributions to somebody else.

    Strict, since most of what the tagger finds in a clause by itself is no second speaker: the
    source must be linked, no pronoun (mostly the outer speaker again), and the cue a verb of
    speech.
    """
    return [
        replace(inner, outer=outer)
        for inner in repair(text, outer.passage, tagged, piece[0])
        if inner.source
        and (not inner.guessed or _just_before(text, inner))
        and PRONOUNS.isdisjoint(words(said(text, inner.source)))
        and not DETERMINERS.issuperset(words(said(text, inner.source)))
        and not SPEECH.isdisjoint(words(said(text, inner.cue)))
        and _length(inner) < _length(outer)
    ]


def _just_before(text: str, draft: Draft) -> bool:
    between = text[draft.source[-1][1] : draft.cue[0][0]]
    return 0 < len(between) < NEAR and not set(between) & set(',;:.“”"')


def _length(draft: Draft) -> int:
    return sum(end - start for start, end in draft.content)


def around(text: str, draft: Draft) -> Iterator[Span]:
    """Find the words beside source and cue: up to the content, and behind it in its sentence."""
    start = min(draft.source[0][0], draft.cue[0][0])
    first, last = draft.content[0][0], draft.content[-1][1]
    if start < first:
        yield start, first
    behind = max(last, start)
    tail = TAIL.match(text, behind, draft.passage.end)
    yield behind, tail.end() if tail else behind
