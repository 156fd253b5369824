"""Speakers that the tagger took for content, for whom it was said to, or did not see."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.extract.drafts import Draft, said, sentence_at, without
from bot.extract.lexicon import ADDRESSING, SPEECH, words
from bot.extract.names import CAPITAL, may_name
from bot.extract.passages import Passage
from bot.extract.quotes import in_quotation
from bot.model import Spans

LONGEST_NAME = 60  # characters
LAST_NAME = re.compile(rf",[”’\"']*\s+(?P<name>{CAPITAL}(?: {CAPITAL}){{0,3}})$")
BEHIND_QUOTATION = re.compile(r"[”\"»]\s+(?P<who>[^,;:.“”\"»]{2,60})$")
SPEAKS = re.compile(
    r"(?P<who>[^,;:.“”\"\s]+(?:\s[^,;:.“”\"\s]+){0,5})\s(?P<cue>(?:has\s|have\s|had\s)?\w+)\s+"
)


def divided(text: str, draft: Draft) -> list[Draft]:
    """Part content from that of another sentence in which somebody else speaks.

    "Lund said it leaks. Falk denies the charge.": the tagger may overlook "Falk denies".
    """
    own = sentence_at(text, draft.passage, draft.cue[0][0])
    kept, parted = [], []
    for start, end in draft.content:
        outside = not own[0] <= start < own[1]
        spoken = _speaks_before(text, draft.passage, start) if outside else None
        if spoken:
            source, cue = spoken
            last = min(end, sentence_at(text, draft.passage, start)[1])
            part = replace(draft, source=source, cue=cue, content=((start, last),), guessed=False)
            parted.append(part)
            start = last
        if start < end:
            kept.append((start, end))
    return [*([replace(draft, content=tuple(kept))] if kept else []), *parted]


def _speaks_before(text: str, passage: Passage, place: int) -> tuple[Spans, Spans] | None:
    """Read a sentence that begins "Falk denies …" up to a content outside quotation marks."""
    first = sentence_at(text, passage, place)[0]
    found = SPEAKS.fullmatch(text, first, place) if place - first <= LONGEST_NAME else None
    if not found or in_quotation(text[passage.start : passage.end], place - passage.start):
        return None
    verb = found["cue"].split()[-1].lower()
    if verb not in SPEECH or not may_name(found["who"]):
        return None
    return (found.span("who"),), (found.span("cue"),)


def speaker_behind_quotation(text: str, draft: Draft) -> Draft:
    """Take whom "“…,” the guard said, his lawyer told us" names first for the source.

    Who stands behind the cue passes it on.
    """
    (start, end), cue = draft.content[-1], draft.cue[0][0]
    found = BEHIND_QUOTATION.search(text, max(start, end - LONGEST_NAME), end)
    surely_another = bool(draft.source) and not draft.guessed
    if not found or surely_another or text[end:cue].strip() or not may_name(found["who"]):
        return draft
    if SPEECH.isdisjoint(words(said(text, draft.cue))):
        return draft
    who, last = found.span("who"), draft.cue[-1][1]
    behind = draft.source and text[last : max(last, draft.source[0][0])].strip() == ","
    told = behind and SPEECH.intersection(words(text[draft.source[-1][1] :][:LONGEST_NAME])[:1])
    return replace(
        draft,
        source=(who,),
        between=draft.source if told else (),
        content=without(draft.content, (who,)),
        guessed=False,
    )


def speaker_in_content(text: str, draft: Draft) -> Draft:
    """Take a name between content and cue for the source: "It leaks, Roe was quoted as saying"."""
    end, cue = draft.content[-1][1], draft.cue[0][0]
    if draft.source or end > cue or text[end:cue].strip():
        return draft
    found = LAST_NAME.search(text[max(draft.passage.start, end - LONGEST_NAME) : end])
    if found is None:
        return draft
    name = (end - len(found["name"]), end)
    return replace(draft, source=(name,), content=without(draft.content, (name,)))


def speaker_before_addressee(text: str, draft: Draft) -> Draft:
    """Read "a memo warned officials that …": who stands after the cue is spoken to.

    The tagger may call the speaker a piece of content when it calls the addressee the source.
    """
    cue, source = draft.cue[-1], draft.source
    if not source or not set(words(said(text, draft.cue))) & ADDRESSING:
        return draft
    after = source[0][0] >= cue[1] and not text[cue[1] : source[0][0]].strip()
    if not after or draft.content[-1][0] < source[0][1]:
        return draft
    before = [span for span in draft.content if span[1] <= draft.cue[0][0]]
    if len(before) != 1 or text[before[0][1] : draft.cue[0][0]].strip():
        return replace(draft, source=())
    return replace(draft, source=(before[0],), content=draft.content[1:])
