"""Attributions inside the content of others: "Lund said that Falk had warned …", “I think …”.

The tagger finds only one level, so contents are tagged again on their own. Quotations lose their
marks first, because the tagger attributes quoted text to a single speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.chains import resolve_chains
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, quotations_between
from bot.extract.spans.repair import repair
from bot.extract.speakers.names import has_verb, may_be_name
from bot.extract.tagger.decoding import TaggedAttribution
from bot.extract.words import total_length, words
from bot.languages.table import LISTS, acts, cue_verbs, pronouns, span_edges
from bot.model import Span

MIN_CONFIDENCE = (
    0.8  # below it, two in three sources other than "I" and "we" were wrong in a sample
)
MIN_REPORT_CONFIDENCE = 0.6  # the same if the cue is a verb of speech
MIN_LENGTH = 15  # in characters; shorter contents contain no attribution
MIN_CLAUSE_WORDS = 4  # in nested content without a known verb
MAX_TOPIC_WORDS = 2  # "the game"; in "the lock leaks" the third word may be a verb
EDGE_CHARACTERS = QUOTATION_MARKS | {" "}  # stripped from a quotation


def span_to_retag(text: str, paragraph: Paragraph, draft: Draft, piece: Span) -> Span | None:
    """Return the part of a piece of content to tag again; None if it contains no attribution.

    `paragraph` is the one that contains the piece.
    """
    if draft.is_topic:
        return None
    start, end = _without_marks(text, paragraph, piece)
    has_cue = not cue_verbs.NESTED_CUE_VERBS.isdisjoint(words(text[start:end]))
    return (start, end) if end - start >= MIN_LENGTH and has_cue else None


def _without_marks(text: str, paragraph: Paragraph, piece: Span) -> Span:
    """Strip the quotation marks from a piece that is one quotation."""
    start, end = piece
    overlapping = quotations_between(text, paragraph, start, end)
    if not any(opening <= start and end <= closing for opening, closing in overlapping):
        return piece
    while start < end and text[start] in EDGE_CHARACTERS:
        start += 1
    while end > start and text[end - 1] in EDGE_CHARACTERS:
        end -= 1
    return start, end


def nested_attributions(
    text: str, outer: Draft, paragraph: Paragraph, piece: Span, tagged: Iterable[TaggedAttribution]
) -> list[Draft]:
    """Return the attributions of speech and belief tagged inside a piece of content.

    The tagger is often wrong on a clause without its sentence, so the source must be certain and
    the cue a verb of speech or belief.
    """
    repaired = repair(text, Paragraph(*piece, "text"), tagged, piece[0])
    drafts = [
        _with_subject_before(text, outer, piece, found) for found in resolve_chains(text, repaired)
    ]
    return [
        replace(draft, outer=outer, paragraph=paragraph)
        for draft in drafts
        if _is_speech_or_belief(text, draft)
        and total_length(draft.content) < total_length(outer.content)
    ]


def _with_subject_before(text: str, outer: Draft, piece: Span, draft: Draft) -> Draft:
    """Make what stands before the outer cue the source: "Her doctor, she says, told her …"."""
    before = [span for span in outer.content if span[1] <= outer.cue_start]
    is_second = bool(before) and outer.cue_end <= piece[0]
    opens_piece = not text[piece[0] : draft.cue_start].strip()
    if (draft.source and not draft.is_guessed) or not (is_second and opens_piece):
        return draft
    if not may_be_name(text[slice(*before[-1])]):
        return draft
    return replace(draft, source=(before[-1],), is_guessed=False)


def give_back_quotations(text: str, outer: Draft, nested: Sequence[Draft]) -> list[Draft]:
    """Return an attribution and those inside it; quotations after its cue are the inner speaker's.

    "“It fell,” Falk said, according to the minutes. “Then I ran.”": Falk says both.
    """
    first, *others = outer.content
    if not (nested and others):
        return [outer, *nested]
    inner = next((one for one in nested if one.source and one.content[0][0] == first[0]), None)
    starts = [text[start] for start, _ in outer.content]
    if not inner or not QUOTATION_MARKS.issuperset(starts):
        return [outer, *nested]
    shorter = replace(outer, content=(first,))
    speaker = replace(inner, content=(*inner.content, *others), outer=shorter)
    rest = [
        replace(one, outer=shorter if one.start < first[1] else speaker)
        for one in nested
        if one is not inner
    ]
    return [shorter, speaker, *rest]


def is_pronoun(text: str, draft: Draft) -> bool:
    """Tell whether a source is a pronoun."""
    source = words(draft.source_text(text))
    return bool(source) and pronouns.PRONOUNS.issuperset(source)


def is_first_person(text: str, draft: Draft) -> bool:
    """Tell whether the outer speaker is the source: "I", "we"."""
    source = words(draft.source_text(text))
    return bool(source) and pronouns.FIRST_PERSON.issuperset(source)


def _is_speech_or_belief(text: str, draft: Draft) -> bool:
    source, cue = words(draft.source_text(text)), draft.cue_words(text)
    is_report = any(
        word in cue_verbs.SPEECH_VERBS or acts.CLASS_OF.get(word) == "speech" for word in cue
    )
    is_weak = draft.is_guessed or draft.confidence < (
        MIN_REPORT_CONFIDENCE if is_report else MIN_CONFIDENCE
    )
    is_passive = not source and is_report and span_edges.PASSIVE_ADDRESS.search(" ".join(cue))
    return (
        (not is_weak or is_first_person(text, draft))
        and (bool(is_passive) or not pronouns.DETERMINERS.issuperset(source))
        and span_edges.NON_SPEAKERS.isdisjoint(source)
        and not cue_verbs.NESTED_CUE_VERBS.isdisjoint(cue)
        and not draft.is_topic
        and (is_report or _is_clause(draft.content_text(text)))
    )


def _is_clause(content: str) -> bool:
    """Tell whether content is a clause: "think it’s mad", but not "know the game"."""
    parts = words(content)
    return (
        not QUOTATION_MARKS.isdisjoint(content)
        or len(parts) >= MIN_CLAUSE_WORDS
        or any("’" in word for word in parts)
        or has_verb(parts)
        or (len(parts) > MAX_TOPIC_WORDS and parts[-1].endswith(span_edges.VERB_ENDINGS))
        or not LISTS["clause_starts"].isdisjoint(parts[:1])
    )
