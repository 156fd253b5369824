"""Find speakers that the tagger missed, or labelled as content or as the addressee."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, joined_text, sentence_at, subtract
from bot.extract.speakers.names import MAX_NAME_WORDS, has_verb, may_be_name
from bot.extract.words import words
from bot.languages.table import capitals, cue_verbs, function_words, speaking
from bot.model import Span, Spans
from bot.text.quotes import is_quoted

MAX_NAME = 60  # characters
LAST_NAME = re.compile(
    rf",[”’\"']*\s+(?P<name>{capitals.CAPITALISED_WORD}(?: {capitals.CAPITALISED_WORD}){{0,3}})$"
)
NAME_AFTER_QUOTATION = re.compile(r"[”\"»]\s+(?P<who>[^,;:.“”\"»]{2,60})$")
CUE_AFTER_QUOTATION = re.compile(r"[”\"»]\s+(?P<who>[^,;:.“”\"»]{2,60})\s(?P<cue>\w+)$")
CITING_LOOKBACK = 12  # characters before a content in which that stands


def split_at_other_speakers(text: str, draft: Draft) -> list[Draft]:
    """Split off content from a sentence in which somebody else speaks.

    "Lund said it leaks. Falk denies the charge.": the tagger may overlook "Falk denies".
    """
    own = sentence_at(text, draft.paragraph, draft.cue[0][0])
    kept, parted = [], []
    for start, end in draft.content:
        outside = not own[0] <= start < own[1]
        spoken = _speaker_and_cue_before(text, draft.paragraph, start) if outside else None
        if spoken:
            source, cue = spoken
            last = min(end, sentence_at(text, draft.paragraph, start)[1])
            part = replace(draft, source=source, cue=cue, content=((start, last),), guessed=False)
            parted.append(part)
            start = last
        if start < end:
            kept.append((start, end))
    return [*([replace(draft, content=tuple(kept))] if kept else []), *parted]


def _speaker_and_cue_before(
    text: str, paragraph: Paragraph, place: int
) -> tuple[Spans, Spans] | None:
    """Read a sentence that begins "Falk denies …" up to a content outside quotation marks."""
    first = sentence_at(text, paragraph, place)[0]
    found = (
        speaking.SPEAKER_AND_CUE.fullmatch(text, first, place)
        if place - first <= MAX_NAME
        else None
    )
    if not found or is_quoted(text[paragraph.start : paragraph.end], place - paragraph.start):
        return None
    verb = found["cue"].split()[-1].lower()
    if verb not in cue_verbs.SPEECH_VERBS or not may_be_name(found["who"]):
        return None
    return (found.span("who"),), (found.span("cue"),)


def speaker_after_quotation(text: str, draft: Draft) -> Draft:
    """Make the guard the source of "“…,” the guard said, his lawyer told us".

    Whoever is named after the cue relayed it.
    """
    (start, end), cue = draft.content[-1], draft.cue[0][0]
    found = NAME_AFTER_QUOTATION.search(text, max(start, end - MAX_NAME), end)
    surely_another = bool(draft.source) and not draft.guessed
    if not found or surely_another or text[end:cue].strip() or not may_be_name(found["who"]):
        return draft
    if cue_verbs.SPEECH_VERBS.isdisjoint(words(joined_text(text, draft.cue))):
        return draft
    who, last = found.span("who"), draft.cue[-1][1]
    behind = draft.source and text[last : max(last, draft.source[0][0])].strip() == ","
    rest = draft.source[-1][1] if behind else last
    told = behind and cue_verbs.SPEECH_VERBS.intersection(words(text[rest : rest + MAX_NAME])[:1])
    return replace(
        draft,
        source=(who,),
        between=draft.source if told else (),
        content=subtract(draft.content, (who,)),
        guessed=False,
    )


def speaker_before_teller(text: str, draft: Draft) -> Draft:
    """Split "“…,” the guard said, his lawyer told us" if "the guard said" was tagged as content."""
    (start, end), source = draft.content[-1], draft.source
    if not source or draft.guessed or text[end : max(end, source[0][0])].strip() != ",":
        return draft
    found = CUE_AFTER_QUOTATION.search(text, max(start, end - MAX_NAME), end)
    if not found or found["cue"] not in cue_verbs.REPORTING_VERBS or not may_be_name(found["who"]):
        return draft
    content = subtract(draft.content, ((found.start("who"), end),))
    who, cue = found.span("who"), found.span("cue")
    return replace(draft, source=(who,), cue=(cue,), between=source, content=content)


def speaker_before_quoter(text: str, draft: Draft) -> Draft:
    """Make Roe the source of "Roe was quoted by the Echo as saying …".

    The tagger may call Roe a piece of content when it calls the Echo the source.
    """
    source, cue = draft.source, draft.cue[0][0]
    if (
        not source
        or source[0][0] < cue
        or not speaking.QUOTED_BY.search(joined_text(text, draft.cue))
    ):
        return draft
    before = [span for span in draft.content if span[1] <= cue]
    if not before or text[before[-1][1] : cue].strip():
        return draft
    start, end = before[-1]
    found = LAST_NAME.search(text, max(start, end - MAX_NAME), end)
    who = found.span("name") if found else (start, end)
    if not may_be_name(text[slice(*who)]):
        return draft
    content = subtract(draft.content, (who,))
    return replace(draft, source=(who,), between=source, content=content, guessed=False)


def speaker_before_according(text: str, draft: Draft) -> Draft:
    """Make Roe the source of "Roe, according to Falk, said …", even if it was tagged as content."""
    according = joined_text(text, draft.cue).lower() == "according to"
    if not according or not draft.source or len(draft.content) < 2:
        return draft
    (start, end), (first, last) = draft.content[:2]
    around = text[end : draft.cue[0][0]], text[draft.source[-1][1] : first]
    found = speaking.CUE_VERB.match(text, first, last)
    if (
        not found
        or found["verb"] not in cue_verbs.REPORTING_VERBS
        or any(gap.strip() != "," for gap in around)
    ):
        return draft
    told = found["verb"] in cue_verbs.ADDRESSING_VERBS and not text.startswith(
        speaking.THAT_PREFIX, found.end() + 1
    )
    if told or not may_be_name(text[start:end]):
        return draft  # in "told the mayor it leaks" the start of the content is unknown
    return replace(
        draft,
        source=((start, end),),
        cue=(found.span(),),
        between=draft.source,
        content=((found.end(), last), *draft.content[2:]),
    )


def without_other_subject(text: str, draft: Draft) -> Draft:
    """Drop the subject of another clause: "[the plan] has failed and Roe believes in […]"."""
    if not draft.source or draft.content[-1][0] < draft.cue[0][0]:
        return draft
    source = draft.source[0][0]
    kept = tuple(span for span in draft.content if not _is_other_subject(text, span, source))
    return replace(draft, content=kept)


def _is_other_subject(text: str, span: Span, source: int) -> bool:
    start, end = span
    between = text[end:source]
    joined = between.endswith(function_words.CONJUNCTION) and QUOTATION_MARKS.isdisjoint(
        text[start:source]
    )
    return joined and has_verb(words(between)) and may_be_name(text[start:end])


def without_cited(text: str, draft: Draft) -> Draft:
    """Drop a cited name from the content: "the Echo reported, citing Roe, that …"."""
    kept = tuple(span for span in draft.content if not _is_cited(text, span))
    return replace(draft, content=kept) if kept else draft


def _is_cited(text: str, span: Span) -> bool:
    start, end = span
    few = len(words(text[start:end])) <= MAX_NAME_WORDS
    cited = speaking.TRAILING_CITING.search(text[max(0, start - CITING_LOOKBACK) : start])
    return few and bool(cited) and text[end : end + 1] == ","


def speaker_in_content(text: str, draft: Draft) -> Draft:
    """Make a name between content and cue the source: "It leaks, Roe was quoted as saying"."""
    end, cue = draft.content[-1][1], draft.cue[0][0]
    if draft.source or end > cue or text[end:cue].strip():
        return draft
    found = LAST_NAME.search(text[max(draft.paragraph.start, end - MAX_NAME) : end])
    if found is None:
        return draft
    name = (end - len(found["name"]), end)
    return replace(draft, source=(name,), content=subtract(draft.content, (name,)))


def speaker_before_addressee(text: str, draft: Draft) -> Draft:
    """Treat a name after the cue as the addressee: "a memo warned officials that …".

    The tagger may call the speaker a piece of content when it calls the addressee the source.
    """
    cue, source = draft.cue[-1], draft.source
    if not source or not set(words(joined_text(text, draft.cue))) & cue_verbs.ADDRESSING_VERBS:
        return draft
    after = source[0][0] >= cue[1] and not text[cue[1] : source[0][0]].strip()
    if not after or draft.content[-1][0] < source[0][1]:
        return draft
    before = [span for span in draft.content if span[1] <= draft.cue[0][0]]
    if len(before) != 1 or text[before[0][1] : draft.cue[0][0]].strip():
        return replace(draft, source=())
    return replace(draft, source=(before[0],), content=draft.content[1:])
