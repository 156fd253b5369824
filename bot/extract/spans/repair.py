"""Turn the tagger's output for one paragraph into clean attributions.

The tagger does not know that quotation marks come in pairs, that page furniture claims nothing,
or that "is said" has no source. These rules do; each changes one attribution at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.doubts import claims_nothing, is_topic, mark_doubtful
from bot.extract.spans.drafts import Draft, quotations_between, sentence_at
from bot.extract.spans.misplaced import (
    speaker_after_by,
    speaker_after_quotation,
    speaker_before_according,
    speaker_before_addressee,
    speaker_before_quoting_outlet,
    speaker_before_relay,
    speaker_in_content,
    split_at_other_speakers,
    subject_before_cue,
    without_addressee,
    without_cited_name,
    without_other_subject,
)
from bot.extract.spans.splits import split_at_quotation, split_at_second_cue
from bot.extract.tagger.decoding import TaggedAttribution
from bot.extract.words import words
from bot.languages.table import acts, cue_verbs, pronouns, span_edges
from bot.model import Span, Spans
from bot.text.spans import shifted, subtract, trimmed

EDGE_CHARACTERS = " \t\r\n,;:–—-•·>*"
TIME_LOOKAHEAD = 30  # characters after a cue in which a time phrase may end
BE_LOOKBACK = 30  # characters before a participle to search for "is"
BY_LOOKBACK = 10  # characters before a source to search for "by"

SPEAKER_RULES = (
    without_cited_name,
    without_other_subject,
    speaker_before_addressee,
    speaker_before_according,
    speaker_before_quoting_outlet,
    speaker_before_relay,
    speaker_after_quotation,
    speaker_in_content,
    subject_before_cue,
    speaker_after_by,
    without_addressee,
)
"""The rules for misplaced speakers, in the order in which they are tried."""


def repair(
    text: str, paragraph: Paragraph, tagged: Iterable[TaggedAttribution], offset: int
) -> list[Draft]:
    """Repair the attributions tagged in a part of a paragraph that starts at `offset`."""
    drafts = [
        Draft(
            source=shifted(attribution.source, offset),
            cue=shifted(attribution.cue, offset),
            content=shifted(attribution.content, offset),
            confidence=attribution.confidence,
            is_guessed=attribution.is_guessed,
            paragraph=paragraph,
        )
        for attribution in tagged
    ]
    repaired_drafts = [
        one
        for draft in drafts
        for part in split_at_other_speakers(text, draft)
        for each in split_at_quotation(text, _repaired(text, part))
        for one in split_at_second_cue(text, each)
    ]
    return [
        replace(mark_doubtful(text, draft), is_topic=is_topic(text, draft))
        for draft in repaired_drafts
        if not claims_nothing(text, draft)
    ]


def _repaired(text: str, draft: Draft) -> Draft:
    draft = _drop_passive_source(text, _without_means(text, draft))
    for rule in SPEAKER_RULES:
        draft = rule(text, draft) if draft.content else draft
    source = _tidy(text, (_trim_source(text, span) for span in draft.source))
    cue = tuple(_trim_cue(text, draft.paragraph, span) for span in draft.cue)
    draft = replace(draft, source=source, cue=cue, is_guessed=draft.is_guessed and bool(source))
    content = sorted(subtract(_with_both_marks(text, draft), (*source, *cue)))
    pieces = [_clip_to_sentence(text, draft, piece) for piece in _join_pieces(text, content)]
    draft = replace(draft, content=tidy_content(text, pieces))
    draft = _with_relative_clause(text, _start_after_cited(text, draft))
    return _without_next_clause(text, _without_occasion(text, draft))


def _without_means(text: str, draft: Draft) -> Draft:
    start, end = draft.cue[-1]
    means = span_edges.BY_MEANS.search(text, start, end)
    return replace(draft, cue=(*draft.cue[:-1], (start, means.start()))) if means else draft


def _drop_passive_source(text: str, draft: Draft) -> Draft:
    """Drop the source of "is said to", which is only the topic, unless it follows "by"."""
    cue = draft.cue_words(text)
    if _is_told(text, draft):
        return replace(draft, source=(), is_guessed=False)
    endings = cue_verbs.PASSIVE_PARTICIPLES | span_edges.PASSIVE_ENDINGS
    if not draft.source or not cue or cue[-1] not in endings or span_edges.AGENT_PREPOSITION in cue:
        return draft
    participle = next(
        (word for word in reversed(cue) if word in cue_verbs.PASSIVE_PARTICIPLES), None
    )
    if participle is None:
        return draft
    start, end = draft.cue[0]
    search_start = max(draft.paragraph.start, start - BE_LOOKBACK)
    text_before = text[search_start : start + max(0, text[start:end].lower().rfind(participle))]
    source_start = draft.source[0][0]
    is_agent = source_start > start and span_edges.TRAILING_BY.search(
        text[max(0, source_start - BY_LOOKBACK) : source_start]
    )
    is_topic = span_edges.TRAILING_BE.search(text_before) and not is_agent
    return replace(draft, source=(), is_guessed=False) if is_topic else draft


def _is_told(text: str, draft: Draft) -> bool:
    """Tell whether the source only hears it: "a diver, told that it leaks", "Told that …, he"."""
    end = draft.cue_end + len(" that")
    if not draft.source or not span_edges.OBJECTLESS.search(text, draft.cue_start, end):
        return False
    source_start, source_end = draft.source[0][0], draft.source[-1][1]
    if source_start < draft.cue_start:
        return text[source_end : draft.cue_start].strip() == ","
    return not span_edges.TRAILING_BY.search(text, draft.cue_start, source_start)


def tidy_content(text: str, pieces: Sequence[Span]) -> Spans:
    """Trim connecting words from a content."""
    kept_pieces = [piece for piece in pieces if not _is_function_word(text, piece)] or pieces
    return _tidy(text, (_trim_content(text, piece) for piece in kept_pieces))


def _clip_to_sentence(text: str, draft: Draft, piece: Span) -> Span:
    """Clip unquoted content to the sentence of its cue."""
    start, end = piece
    sentence_start, sentence_end = sentence_at(text, draft.paragraph, draft.cue_start)
    is_outside = start >= sentence_end or end <= sentence_start
    is_inside = sentence_start <= start and end <= sentence_end
    if is_outside or is_inside or quotations_between(text, draft.paragraph, start, end):
        return piece
    return max(start, sentence_start), min(end, sentence_end)


def _start_after_cited(text: str, draft: Draft) -> Draft:
    """Start the content of "A quoted B as saying …" and "According to A, citing B, …" after B."""
    cue = set(draft.cue_words(text))
    if not draft.content or not cue or not cue <= span_edges.QUOTING_VERBS:
        return draft
    start, end = draft.content[0]
    cited = span_edges.QUOTED_SOURCE.match(text, start, end)
    if not cited and cue <= {"citing", "quoting"}:
        cited = span_edges.CITED_SOURCE.match(text, start, end)
    return replace(draft, content=((cited.end(), end), *draft.content[1:])) if cited else draft


def _with_relative_clause(text: str, draft: Draft) -> Draft:
    """End content with its sentence if only a relative clause follows in its own tense.

    In "said Xi is strengthening ties with Russia, which is unaffected" both verbs are in the
    present; "which was unaffected" may be the article's own words.
    """
    if not draft.content:
        return draft
    start, end = draft.content[-1]
    sentence_end = sentence_at(text, draft.paragraph, draft.cue_start)[1]
    clause = span_edges.RELATIVE_CLAUSE.fullmatch(text, end, max(end, sentence_end))
    is_clause = span_edges.PRESENT_CLAUSE.match(text, start, end) is not None
    if start < draft.cue_end or clause is None or not is_clause:
        return draft
    return replace(draft, content=(*draft.content[:-1], (start, clause.end("clause"))))


def _without_occasion(text: str, draft: Draft) -> Draft:
    """End content before what it was said about: "has denied a rift[ after he missed the bus]".

    Leads put the news into the perfect and its occasion behind it.
    """
    is_perfect = not span_edges.PERFECT.isdisjoint(draft.cue_words(text))
    if not is_perfect or len(draft.content) != 1 or draft.content[0][0] < draft.cue_end:
        return draft
    start, end = draft.content[0]
    quoted = quotations_between(text, draft.paragraph, start, end)
    occasion = span_edges.OCCASION.search(text, quoted[-1][1] if quoted else start, end)
    return replace(draft, content=((start, occasion.start()),)) if occasion else draft


def _without_next_clause(text: str, draft: Draft) -> Draft:
    """End unquoted content at a semicolon: "said that it leaked[; a diver looked on Friday]"."""
    if not draft.content or draft.content[-1][0] < draft.cue_end:
        return draft
    start, end = draft.content[-1]
    for match in span_edges.NEXT_CLAUSE.finditer(text, start, end):
        if not quotations_between(text, draft.paragraph, match.start(), end):
            return replace(draft, content=(*draft.content[:-1], (start, match.start())))
    return draft


def _trim_source(text: str, span: Span) -> Span:
    """Trim a leading "that", a trailing day and punctuation from a source."""
    start, end = span
    if leading_that := span_edges.LEADING_THAT.match(text, start, end):
        start = leading_that.end()
    day = span_edges.TRAILING_DAY.search(text, start, end)
    has_relative = not pronouns.RELATIVE.isdisjoint(words(text[start:end]))
    if day and day.start() > start and not has_relative:
        end = day.start()
    return start, start + len(text[start:end].rstrip(f"{EDGE_CHARACTERS}(["))


def _trim_cue(text: str, paragraph: Paragraph, span: Span) -> Span:
    """Trim a trailing time phrase, and where something was said: "wrote[ on his blog]"."""
    start, end = span
    place = span_edges.PLACE.match(text, start, end)
    if place and acts.CLASS_OF.get(place["verb"].lower()) == "speech":
        return start, place.end("verb")
    time = span_edges.TIME_PHRASE.search(text, start + 1, min(paragraph.end, end + TIME_LOOKAHEAD))
    return (start, time.start()) if time and time.start() < end <= time.end() else span


def _trim_content(text: str, span: Span) -> Span:
    """Trim "as", punctuation and a trailing ", citing B" from a content; keep "that"."""
    start, end = span
    while start < end and text[start] in EDGE_CHARACTERS:
        start += 1
    while end > start and text[end - 1] in EDGE_CHARACTERS:
        end -= 1
    if leading_as := span_edges.LEADING_AS.match(text, start, end):
        start = leading_as.end()
    if citation := span_edges.TRAILING_CITATION.search(text, start, end):
        end = citation.start()
    return start, end


def _with_both_marks(text: str, draft: Draft) -> Spans:
    """Extend each piece of content to the quotation marks just before and after it."""
    extended = []
    for start, end in draft.content:
        for opening, closing in quotations_between(text, draft.paragraph, start, end):
            if not any(map(str.isalnum, text[opening:start])):
                start = min(start, opening)
            if not any(map(str.isalnum, text[end:closing])):
                end = max(end, closing)
        extended.append((start, end))
    return tuple(extended)


def _join_pieces(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Join pieces with no word between them, and trim "and" from the start of later pieces."""
    joined: list[Span] = []
    for start, end in pieces:
        if joined and not any(map(str.isalnum, text[joined[-1][1] : start])):
            joined[-1] = joined[-1][0], end
        else:
            conjunction = span_edges.LEADING_CONJUNCTION.match(text, start, end) if joined else None
            joined.append((conjunction.end() if conjunction else start, end))
    return joined


def _is_function_word(text: str, piece: Span) -> bool:
    """Tell whether a piece consists of function words: a stray "At" or "the"."""
    return set(words(text[slice(*piece)])) <= span_edges.FUNCTION_WORDS


def _tidy(text: str, spans: Iterable[Span]) -> Spans:
    """Sort and trim spans, join those that touch, and drop those without words."""
    tidied: list[Span] = []
    for start, end in sorted(trimmed(text, *span) for span in spans):
        if not any(map(str.isalnum, text[start:end])):
            continue
        if tidied and not text[tidied[-1][1] : start].strip():
            last_start, last_end = tidied.pop()
            start, end = last_start, max(last_end, end)
        tidied.append((start, end))
    return tuple(tidied)
