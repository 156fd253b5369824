"""Attributions inside the content of others: "Lund said that Falk had warned …", “I think …”.

The tagger finds only one level, so contents are tagged again on their own. Quotations lose their
marks first, because the tagger attributes quoted text to a single speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.chains import resolve_chains
from bot.extract.spans.doubts import claims_nothing
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, quotations_between, sentence_at
from bot.extract.spans.repair import repair, tidy_content
from bot.extract.speakers.names import has_verb, may_be_name
from bot.extract.tagger.decoding import TaggedAttribution
from bot.extract.words import words
from bot.languages.table import acts, cue_verbs, pronouns, span_edges, thoughts
from bot.model import Span, Spans
from bot.text.spans import joined_text, overlap, total_length

THOUGHT_CONFIDENCE = 0.85  # the share of such drafts that were right in the training articles
MIN_CONFIDENCE = (
    0.8  # below it, two in three sources other than "I" and "we" were wrong in a sample
)
MIN_REPORT_CONFIDENCE = 0.6  # the same if the cue is a verb of speech
MIN_LENGTH = 15  # in characters; shorter contents contain no attribution
MIN_CLAUSE_WORDS = 4  # in nested content without a known verb
MAX_TOPIC_WORDS = 2  # "the game"; in "the lock leaks" the third word may be a verb
EDGE_CHARACTERS = QUOTATION_MARKS | {" "}  # stripped from a quotation
OUTER_MARKS = QUOTATION_MARKS - {"‘"}
INNER_MARKS = QUOTATION_MARKS | {"‘"}  # may start a quotation inside content
CLAUSE_BEFORE = re.compile(r"[^.,;:?!…—–“”\"]*$")
CLAUSE_AFTER = re.compile(r"[^.,;:?!…—–“”\"]*")  # the part that certainly belongs to the clause
LOOKBACK = 200  # characters before "I think" to search for its clause


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
    inner = Paragraph(*piece, "text")
    drafts = [
        _cut_where_outer_speaker_resumes(text, draft)
        for found in resolve_chains(text, repair(text, inner, tagged, piece[0]))
        if _is_speech_or_belief(text, draft := _with_subject_before(text, outer, piece, found))
        and not _is_outer_quotation(text, draft)
    ]
    drafts += _find_thoughts(text, inner, drafts)
    return [
        replace(draft, outer=outer, paragraph=paragraph, content=_without_that(text, draft))
        for draft in drafts
        if total_length(draft.content) < total_length(outer.content)
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


def _is_outer_quotation(text: str, draft: Draft) -> bool:
    """Tell whether a content is a quotation in a later sentence: "said he moaned. “He yelled.”"."""
    if not draft.content or text[draft.content[0][0]] not in OUTER_MARKS:
        return False
    sentence_end = sentence_at(text, draft.paragraph, draft.cue_start)[1]
    return sentence_end <= draft.content[0][0]


def _without_that(text: str, draft: Draft) -> Spans:
    """Drop a "that" on its own: "noted [that], according to Falk, it leaks"."""
    first, *others = draft.content
    is_alone = bool(others) and text[slice(*first)].lower() == "that"
    return tuple(others) if is_alone else draft.content


def _cut_where_outer_speaker_resumes(text: str, draft: Draft) -> Draft:
    """End content where the outer speaker resumes: "he says it leaks[, and I think …]"."""
    content: list[Span] = []
    for start, end in draft.content:
        follows_cue = start >= draft.cue_end
        match = thoughts.OUTER_SPEAKER_RESUMES.search(text, start, end) if follows_cue else None
        if match and text[start] not in INNER_MARKS:
            content.append((start, match.start()))
            break
        content.append((start, end))
    return replace(draft, content=tuple(content))


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
        and thoughts.NON_SPEAKERS.isdisjoint(source)
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
        or (len(parts) > MAX_TOPIC_WORDS and parts[-1].endswith(thoughts.VERB_ENDINGS))
        or not thoughts.CLAUSE_STARTS.isdisjoint(parts[:1])
    )


def _find_thoughts(text: str, inner: Paragraph, found: Iterable[Draft]) -> Iterator[Draft]:
    """Find each "I think …" that the tagger missed."""
    tagged_spans = [(*draft.source, *draft.cue) for draft in found]
    for thought in thoughts.FIRST_PERSON_THOUGHT.finditer(text, inner.start, inner.end):
        source, cue = thought.span("who"), thought.span("cue")
        content = _thought_content(text, inner, thought)
        draft = Draft((source,), (cue,), content, THOUGHT_CONFIDENCE, False, inner)
        is_tagged = any(overlap((source, cue), spans) for spans in tagged_spans)
        is_clause = _is_clause(joined_text(text, content))
        if not is_tagged and is_clause and not claims_nothing(text, draft):
            yield draft


def _thought_content(text: str, inner: Paragraph, thought: re.Match[str]) -> Spans:
    """Return the clause after "I think", and the one before it in "it leaks I think at night"."""
    search_start = max(inner.start, thought.start() - LOOKBACK)
    matches = (
        CLAUSE_BEFORE.search(text, search_start, thought.start()),
        CLAUSE_AFTER.match(text, thought.end(), inner.end),
    )
    pieces = [match.span() for match in matches if match]
    last_word = words(text[slice(*pieces[0])])[-1:]
    starts_clause = cue_verbs.CLAUSE_CONNECTORS.issuperset(last_word)
    return tidy_content(text, pieces[1:] if starts_clause else pieces)
