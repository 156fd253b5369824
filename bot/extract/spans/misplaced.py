"""Find speakers that the tagger missed or labelled as content; drop names that it mislabelled."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, sentence_at
from bot.extract.speakers.names import MAX_NAME_WORDS, has_verb, may_be_name
from bot.extract.words import words
from bot.languages.table import (
    acts,
    capitals,
    cue_verbs,
    function_words,
    pronouns,
    quoting,
    span_edges,
)
from bot.model import Span, Spans
from bot.text.quotes import is_quoted
from bot.text.spans import joined_text, overlap, subtract, trimmed

MAX_NAME_LENGTH = 60  # in characters
LAST_NAME = re.compile(
    rf",[”’\"']*\s+(?P<name>{capitals.CAPITALISED_WORD}(?: {capitals.CAPITALISED_WORD}){{0,3}})$"
)
NAME_AFTER_QUOTATION = re.compile(r"[”\"»]\s+(?P<who>[^,;:.“”\"»]{2,60})$")
CUE_AFTER_QUOTATION = re.compile(r"[”\"»]\s+(?P<who>[^,;:.“”\"»]{2,60})\s(?P<cue>\w+)$")
SUBJECT_LOOKBACK = 8  # characters before a cue to search for a pronoun
CITING_LOOKBACK = 12  # characters before a content to search for "citing"


def split_at_other_speakers(text: str, draft: Draft) -> list[Draft]:
    """Split off content from a sentence in which somebody else speaks.

    "Lund said it leaks. Falk denies the charge.": the tagger may miss "Falk denies".
    """
    sentence = sentence_at(text, draft.paragraph, draft.cue_start)
    content, other_drafts = [], []
    for start, end in draft.content:
        is_outside = not sentence[0] <= start < sentence[1]
        other_speaker = (
            _speaker_and_cue_before(text, draft.paragraph, start) if is_outside else None
        )
        if other_speaker:
            source, cue = other_speaker
            part_end = min(end, sentence_at(text, draft.paragraph, start)[1])
            part = ((start, part_end),)
            other_drafts.append(
                replace(draft, source=(source,), cue=(cue,), content=part, is_guessed=False)
            )
            start = part_end
        if start < end:
            content.append((start, end))
    return [*([replace(draft, content=tuple(content))] if content else []), *other_drafts]


def _speaker_and_cue_before(
    text: str, paragraph: Paragraph, position: int
) -> tuple[Span, Span] | None:
    """Find the speaker and cue of a sentence that starts "Falk denies …", before its content.

    The content starts at `position`, and must not be quoted.
    """
    start = sentence_at(text, paragraph, position)[0]
    if position - start > MAX_NAME_LENGTH:
        return None
    match = quoting.SPEAKER_AND_CUE.fullmatch(text, start, position)
    quoted = is_quoted(text[paragraph.start : paragraph.end], position - paragraph.start)
    if not match or quoted or match["cue"].split()[-1].lower() not in cue_verbs.SPEECH_VERBS:
        return None
    return (match.span("who"), match.span("cue")) if may_be_name(match["who"]) else None


def speaker_after_quotation(text: str, draft: Draft) -> Draft:
    """Make the guard the source of "“…,” the guard said, his lawyer told us".

    Whoever is named after the cue is the relay.
    """
    start, end = draft.content[-1]
    match = NAME_AFTER_QUOTATION.search(text, max(start, end - MAX_NAME_LENGTH), end)
    has_certain_source = draft.source and not draft.is_guessed
    if not match or has_certain_source or text[end : draft.cue_start].strip():
        return draft
    cue = draft.cue_words(text)
    if not may_be_name(match["who"]) or cue_verbs.SPEECH_VERBS.isdisjoint(cue):
        return draft
    relay: Spans = ()
    if draft.source and text[draft.cue_end : max(draft.cue_end, draft.source[0][0])].strip() == ",":
        source_end = draft.source[-1][1]
        next_word = words(text[source_end : source_end + MAX_NAME_LENGTH])[:1]
        relay = draft.source if cue_verbs.SPEECH_VERBS.intersection(next_word) else ()
    source = match.span("who")
    content = subtract(draft.content, (source,))
    return replace(draft, source=(source,), relay=relay, content=content, is_guessed=False)


def speaker_before_relay(text: str, draft: Draft) -> Draft:
    """Split "“…,” the guard said, his lawyer told us" if "the guard said" was tagged as content."""
    (start, end), source = draft.content[-1], draft.source
    if not source or draft.is_guessed or text[end : max(end, source[0][0])].strip() != ",":
        return draft
    match = CUE_AFTER_QUOTATION.search(text, max(start, end - MAX_NAME_LENGTH), end)
    if not match or match["cue"] not in cue_verbs.REPORTING_VERBS or not may_be_name(match["who"]):
        return draft
    content = subtract(draft.content, ((match.start("who"), end),))
    return replace(
        draft, source=(match.span("who"),), cue=(match.span("cue"),), relay=source, content=content
    )


def speaker_before_quoting_outlet(text: str, draft: Draft) -> Draft:
    """Make Roe the source of "Roe was quoted by the Echo as saying …".

    The tagger may label Roe as content if it labels the Echo as the source.
    """
    source = draft.source
    is_quoted_by = quoting.ENDS_QUOTED_BY.search(joined_text(text, draft.cue))
    if not source or source[0][0] < draft.cue_start or not is_quoted_by:
        return draft
    pieces_before = [span for span in draft.content if span[1] <= draft.cue_start]
    if not pieces_before or text[pieces_before[-1][1] : draft.cue_start].strip():
        return draft
    start, end = pieces_before[-1]
    match = LAST_NAME.search(text, max(start, end - MAX_NAME_LENGTH), end)
    name = match.span("name") if match else (start, end)
    if not may_be_name(text[slice(*name)]):
        return draft
    content = subtract(draft.content, (name,))
    return replace(draft, source=(name,), relay=source, content=content, is_guessed=False)


def speaker_before_according(text: str, draft: Draft) -> Draft:
    """Make Roe the source of "Roe, according to Falk, said …", even if it was tagged as content."""
    is_according_to = joined_text(text, draft.cue).lower() == "according to"
    if not is_according_to or not draft.source or len(draft.content) < 2:
        return draft
    (start, end), (next_start, next_end) = draft.content[:2]
    gap_texts = text[end : draft.cue_start], text[draft.source[-1][1] : next_start]
    match = quoting.CUE_VERB.match(text, next_start, next_end)
    if not match or match["verb"] not in cue_verbs.REPORTING_VERBS:
        return draft
    # In "told the mayor it leaks" the start of the content is unknown.
    has_addressee = match["verb"] in cue_verbs.ADDRESSING_VERBS and not text.startswith(
        quoting.THAT_PREFIX, match.end() + 1
    )
    if (
        has_addressee
        or any(gap.strip() != "," for gap in gap_texts)
        or not may_be_name(text[start:end])
    ):
        return draft
    return replace(
        draft,
        source=((start, end),),
        cue=(match.span(),),
        relay=draft.source,
        content=((match.end(), next_end), *draft.content[2:]),
    )


def without_other_subject(text: str, draft: Draft) -> Draft:
    """Drop the subject of another clause: "[the plan] has failed and Roe believes in […]"."""
    if not draft.source or draft.content[-1][0] < draft.cue_start:
        return draft
    source_start = draft.source[0][0]
    content = (span for span in draft.content if not _is_other_subject(text, span, source_start))
    return replace(draft, content=tuple(content))


def _is_other_subject(text: str, span: Span, source_start: int) -> bool:
    start, end = span
    between = text[end:source_start]
    return (
        between.endswith(function_words.CONJUNCTION)
        and QUOTATION_MARKS.isdisjoint(text[start:source_start])
        and has_verb(words(between))
        and may_be_name(text[start:end])
    )


def without_cited_name(text: str, draft: Draft) -> Draft:
    """Drop a cited name from the content: "the Echo reported, citing Roe, that …"."""
    content = tuple(span for span in draft.content if not _is_cited(text, span))
    return replace(draft, content=content) if content else draft


def _is_cited(text: str, span: Span) -> bool:
    start, end = span
    text_before = text[max(0, start - CITING_LOOKBACK) : start]
    return (
        text[end : end + 1] == ","
        and quoting.TRAILING_CITING.search(text_before) is not None
        and len(words(text[start:end])) <= MAX_NAME_WORDS
    )


def speaker_in_content(text: str, draft: Draft) -> Draft:
    """Make a name between content and cue the source: "It leaks, Roe was quoted as saying"."""
    end = draft.content[-1][1]
    if draft.source or end > draft.cue_start or text[end : draft.cue_start].strip():
        return draft
    match = LAST_NAME.search(text[max(draft.paragraph.start, end - MAX_NAME_LENGTH) : end])
    if match is None:
        return draft
    name = (end - len(match["name"]), end)
    return replace(draft, source=(name,), content=subtract(draft.content, (name,)))


def speaker_before_addressee(text: str, draft: Draft) -> Draft:
    """Treat a name after the cue as the addressee: "a memo warned officials that …".

    The tagger may label the speaker as content if it labels the addressee as the source.
    """
    source = draft.source
    cue = draft.cue_words(text)
    if not source or cue_verbs.ADDRESSING_VERBS.isdisjoint(cue):
        return draft
    follows_cue = source[0][0] >= draft.cue_end and not text[draft.cue_end : source[0][0]].strip()
    if not follows_cue or draft.content[-1][0] < source[0][1]:
        return draft
    pieces_before = [span for span in draft.content if span[1] <= draft.cue_start]
    if len(pieces_before) != 1 or text[pieces_before[0][1] : draft.cue_start].strip():
        return replace(draft, source=())
    return replace(draft, source=(pieces_before[0],), content=draft.content[1:])


def subject_before_cue(text: str, draft: Draft) -> Draft:
    """Make a pronoun right before the cue the source, if there is only a guess or half a one.

    A guess right before the cue is its subject.
    """
    is_half = pronouns.DETERMINERS.issuperset(words(draft.source_text(text)))
    cue = draft.cue_words(text)
    is_passive = not acts.FORMS_OF_BE.isdisjoint(cue) and not any(
        word.endswith("ing") for word in cue
    )
    reports = not cue_verbs.SPEECH_VERBS.isdisjoint(cue) and not is_passive
    if not reports or not (is_half or draft.is_guessed):
        return draft
    if draft.is_guessed and text[draft.source[-1][1] : draft.cue_start] == " ":
        return replace(draft, is_guessed=False)
    start = max(draft.paragraph.start, draft.cue_start - SUBJECT_LOOKBACK)
    subject = quoting.SUBJECT.search(text, start, draft.cue_start)
    if subject is None or overlap((subject.span("who"),), draft.content):
        return draft
    return replace(draft, source=(subject.span("who"),), is_guessed=False)


def speaker_after_by(text: str, draft: Draft) -> Draft:
    """Make the agent of a passive verb the source: "she had been told by Falk that it leaks".

    The tagger may label the subject as the source, or nobody.
    """
    draft = _with_preposition(text, draft)
    source_follows = bool(draft.source) and draft.source[0][0] >= draft.cue_end
    cue = draft.cue_words(text)
    is_relay = not span_edges.QUOTING_VERBS.isdisjoint(cue)
    if source_follows or is_relay or cue[-1:] != [span_edges.AGENT_PREPOSITION]:
        return draft
    start = next((start for start, _ in draft.content if start >= draft.cue_end), None)
    agent = trimmed(text, draft.cue_end, start) if start else (0, 0)
    phrase = text[slice(*agent)]
    if not 0 < len(words(phrase)) <= MAX_NAME_WORDS or has_verb(words(phrase)):
        return draft
    return replace(draft, source=(agent,), is_guessed=False)


def _with_preposition(text: str, draft: Draft) -> Draft:
    """Add its "by" to the cue of a passive verb: "was told[ by]", "was told of it[ by]"."""
    source_follows = bool(draft.source) and draft.source[0][0] > draft.cue_end
    start = draft.source[0][0] - len(" by ") if source_follows else draft.cue_end
    preposition = span_edges.BY_SPEAKER.match(text, start)
    cue = draft.cue_words(text)
    if preposition is None or not span_edges.PASSIVE_ADDRESS.search(" ".join(cue)):
        return draft
    start, end = preposition.span("by")
    if start == draft.cue_end + 1:
        return replace(draft, cue=(*draft.cue[:-1], (draft.cue[-1][0], end)))
    return draft if start < draft.cue_end else replace(draft, cue=(*draft.cue, (start, end)))


def without_addressee(text: str, draft: Draft) -> Draft:
    """Drop whom a passive verb addresses from the content: "[Falk] was told that it leaks".

    What was said follows, is quoted, or ends well before the verb: "It leaks, Falk was told".
    """
    if not span_edges.PASSIVE_ADDRESS.search(" ".join(draft.cue_words(text))):
        return draft
    start = draft.cue_start
    after = [span for span in draft.content if span[1] > start]
    before = [
        span
        for span in draft.content
        if span[1] <= start
        and text[span[1] : start].strip()
        and (not after or text[span[0]] in QUOTATION_MARKS)
    ]
    return replace(draft, content=(*before, *after))
