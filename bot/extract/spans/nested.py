"""Attributions inside the content of others: "Lund said that Falk had warned …", “I think …”.

The tagger finds one level. So contents are tagged again on their own; quotations lose their marks
first, because the tagger takes quoted text for the words of a single speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.chains import resolve_chains
from bot.extract.spans.doubts import is_no_claim
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, joined_text, overlap, total_length
from bot.extract.spans.repair import repair, tidy_content
from bot.extract.speakers.names import has_verb
from bot.extract.tagger.decoding import TaggedAttribution
from bot.extract.words import words
from bot.languages.table import cue_verbs, pronouns, thoughts
from bot.model import Span, Spans
from bot.text.quotes import quotations, spans_overlapping

THOUGHT_CONFIDENCE = 0.85  # the share that was right in the training articles
MIN_CONFIDENCE = 0.8  # below it, two in three other speakers were wrong in a sample
MIN_CHARACTERS = 15  # characters; less holds no attribution of its own
MIN_WORDS = 4  # of a content inside another that has no verb that is known
MAX_TOPIC_WORDS = 2  # words: "the game"; in "the lock leaks" the third may be a verb
MARKS = QUOTATION_MARKS | {" "}
INNER_MARKS = QUOTATION_MARKS | {"‘"}
CLAUSE_BEFORE = re.compile(r"[^.,;:?!…—–“”\"]*$")
CLAUSE_AFTER = re.compile(r"[^.,;:?!…—–“”\"]*")  # as much of the clause as surely belongs to it
LOOKBACK = 200  # characters


def span_to_reread(text: str, paragraph: Paragraph, draft: Draft, piece: Span) -> Span | None:
    """Give the part of a piece of content to tag again; None if it holds no attribution.

    `paragraph` is the one that the piece lies in.
    """
    if draft.topic:
        return None
    start, end = _without_marks(text, paragraph, piece)
    many = end - start >= MIN_CHARACTERS
    return (
        (start, end)
        if many and not cue_verbs.NESTED_CUE_VERBS.isdisjoint(words(text[start:end]))
        else None
    )


def _without_marks(text: str, paragraph: Paragraph, piece: Span) -> Span:
    """Strip the marks from a piece that is one quotation."""
    (start, end), first = piece, paragraph.start
    around = spans_overlapping(quotations(text[first : paragraph.end]), start - first, end - first)
    if not any(first + opened <= start and end <= first + closed for opened, closed in around):
        return piece
    while start < end and text[start] in MARKS:
        start += 1
    while end > start and text[end - 1] in MARKS:
        end -= 1
    return start, end


def nested_attributions(
    text: str, outer: Draft, paragraph: Paragraph, piece: Span, tagged: Iterable[TaggedAttribution]
) -> list[Draft]:
    """Give the attributions of speech and belief tagged inside a piece of content.

    Strict, because the tagger is often wrong on a bare clause: the source must be certain, and the
    cue a verb of speech or belief.
    """
    inside = Paragraph(*piece, "text")
    found = resolve_chains(text, repair(text, inside, tagged, piece[0]))
    found = [
        _end_at_outer_speaker(text, draft) for draft in found if _is_speech_or_belief(text, draft)
    ]
    found += _find_thoughts(text, inside, found)
    return [
        replace(draft, outer=outer, paragraph=paragraph)
        for draft in found
        if total_length(draft.content) < total_length(outer.content)
    ]


def _end_at_outer_speaker(text: str, draft: Draft) -> Draft:
    """End a content where the outer speaker continues: "he says it leaks[, and I think …]"."""
    kept: list[Span] = []
    for start, end in draft.content:
        own = (
            thoughts.OUTER_SPEAKER_RESUMES.search(text, start, end)
            if start >= draft.cue[-1][1]
            else None
        )
        if own and text[start] not in INNER_MARKS:
            kept.append((start, own.start()))
            break
        kept.append((start, end))
    return replace(draft, content=tuple(kept))


def is_pronoun(text: str, draft: Draft) -> bool:
    """Tell whether a source is a pronoun."""
    return pronouns.PRONOUNS.issuperset(words(joined_text(text, draft.source)))


def is_first_person(text: str, draft: Draft) -> bool:
    """Tell whether the outer speaker is the source: "I", "we"."""
    return pronouns.FIRST_PERSON.issuperset(words(joined_text(text, draft.source)))


def _is_speech_or_belief(text: str, draft: Draft) -> bool:
    source, cue = words(joined_text(text, draft.source)), words(joined_text(text, draft.cue))
    if not is_first_person(text, draft) and (draft.guessed or draft.confidence < MIN_CONFIDENCE):
        return False
    return (
        not pronouns.DETERMINERS.issuperset(source)
        and thoughts.NON_SPEAKERS.isdisjoint(source)
        and not cue_verbs.NESTED_CUE_VERBS.isdisjoint(cue)
        and not draft.topic
        and _is_clause(joined_text(text, draft.content))
    )


def _is_clause(content: str) -> bool:
    """Tell whether a content is a clause: "think it’s mad", but not "know the game"."""
    parts = words(content)
    quoted = not QUOTATION_MARKS.isdisjoint(content)
    many = len(parts) >= MIN_WORDS or any("’" in word for word in parts)
    verb = has_verb(parts) or (
        len(parts) > MAX_TOPIC_WORDS and parts[-1].endswith(thoughts.VERB_ENDINGS)
    )
    return quoted or many or verb or not thoughts.CLAUSE_STARTS.isdisjoint(parts[:1])


def _find_thoughts(text: str, inside: Paragraph, found: Iterable[Draft]) -> Iterator[Draft]:
    """Find each "I think …" that the tagger missed."""
    known = [(*draft.source, *draft.cue) for draft in found]
    for thought in thoughts.FIRST_PERSON_THOUGHT.finditer(text, inside.start, inside.end):
        source, cue = thought.span("who"), thought.span("cue")
        content = _thought_content(text, inside, thought)
        draft = Draft((source,), (cue,), content, THOUGHT_CONFIDENCE, False, inside)
        overlooked = not any(overlap((source, cue), spans) for spans in known)
        if overlooked and _is_clause(joined_text(text, content)) and not is_no_claim(text, draft):
            yield draft


def _thought_content(text: str, inside: Paragraph, thought: re.Match[str]) -> Spans:
    """Take the clause after "I think", and in "it leaks I think at night" what stands before."""
    before, after = (
        CLAUSE_BEFORE.search(text, max(inside.start, thought.start() - LOOKBACK), thought.start()),
        CLAUSE_AFTER.match(text, thought.end(), inside.end),
    )
    pieces = [found.span() for found in (before, after) if found]
    last = words(text[slice(*pieces[0])])[-1:]
    return tidy_content(
        text, pieces[1:] if cue_verbs.CLAUSE_CONNECTORS.issuperset(last) else pieces
    )
