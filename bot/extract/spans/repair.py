"""Turn the tagger's output for one paragraph into clean attributions.

The tagger does not know that quotation marks come in pairs, that "nobody" claims nothing, or that
"is said" has no source. Each of these rules showed in articles that nobody read for it; many that
did not are gone (docs/trust/model-card.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, quotations_between, sentence_at
from bot.extract.speakers.names import MAX_NAME_WORDS, has_verb
from bot.extract.tagger.decoding import TaggedAttribution
from bot.extract.words import joined_text, words
from bot.languages.lookup import words_in
from bot.languages.table import (
    LISTS,
    acts,
    capitals,
    cue_verbs,
    function_words,
    people,
    pronouns,
    span_edges,
)
from bot.model import Span, Spans
from bot.text.spans import overlap, shifted, subtract, trimmed

EDGE_CHARACTERS = " \t\r\n,;:–—-•·>*"
LOOKBACK = 60  # characters before a source or participle to search for "if" or "is"
BY_LOOKBACK = 10  # characters before a source to search for "by"
TIME_LOOKAHEAD = 30  # characters after a cue in which a time phrase may end
SUBJECT_LOOKBACK = 8  # characters before a cue to search for a pronoun
MIN_CONFIDENCE = 0.35  # below it, sources are wrong as often as right
MIN_SOURCELESS_CONFIDENCE = 0.7  # below it, attributions without a source are mostly none
MIN_CONTENT_WORDS = 3  # in unquoted content whose source is guessed
MAX_TOPIC_WORDS = 2


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
    repaired_drafts = [one for draft in drafts for one in _split(text, _repaired(text, draft))]
    return [
        replace(mark_doubtful(text, draft), is_topic=_is_topic(text, draft))
        for draft in repaired_drafts
        if not claims_nothing(text, draft)
    ]


def _repaired(text: str, draft: Draft) -> Draft:
    draft = _without_other_subject(text, _drop_passive_source(text, draft))
    draft = _without_addressee(text, _subject_before_cue(text, draft))
    source = _tidy(text, (_trim_source(text, span) for span in draft.source))
    cue = tuple(_trim_cue(text, draft.paragraph, span) for span in draft.cue)
    draft = replace(draft, source=source, cue=cue, is_guessed=draft.is_guessed and bool(source))
    content = sorted(subtract(_with_both_marks(text, draft), (*source, *draft.cue)))
    pieces = [_clip_to_sentence(text, draft, piece) for piece in _join_pieces(text, content)]
    return _end_early(text, replace(draft, content=tidy_content(text, pieces)))


def _drop_passive_source(text: str, draft: Draft) -> Draft:
    """Drop the source of "is said to", which is only the topic, unless it follows "by"."""
    cue = draft.cue_words(text)
    endings = LISTS["passive_participles"] | span_edges.PASSIVE_ENDINGS
    if not draft.source or not cue:
        return draft
    source_start, source_end = draft.source[0][0], draft.source[-1][1]
    if span_edges.OBJECTLESS.search(text, draft.cue_start, draft.cue_end + len(" that")):
        # "A diver, told that it leaks" and "Told that …, he" only hear it.
        only_hears = (
            text[source_end : draft.cue_start].strip() == ","
            if source_start < draft.cue_start
            else not span_edges.TRAILING_BY.search(text, draft.cue_start, source_start)
        )
        if only_hears:
            return replace(draft, source=(), is_guessed=False)
    passive = [word for word in cue if word in LISTS["passive_participles"]]
    if cue[-1] not in endings or span_edges.AGENT_PREPOSITION in cue or not passive:
        return draft
    start, end = draft.cue[0]
    text_before = text[
        max(draft.paragraph.start, start - LOOKBACK) : start
        + max(0, text[start:end].lower().rfind(passive[-1]))
    ]
    is_agent = source_start > start and span_edges.TRAILING_BY.search(
        text[max(0, source_start - BY_LOOKBACK) : source_start]
    )
    is_topic = span_edges.TRAILING_BE.search(text_before) and not is_agent
    return replace(draft, source=(), is_guessed=False) if is_topic else draft


def _without_other_subject(text: str, draft: Draft) -> Draft:
    """Drop the subject of another clause: "[the plan] has failed and Roe believes in […]"."""
    if not draft.source or draft.content[-1][0] < draft.cue_start:
        return draft
    start = draft.source[0][0]
    content = [
        span
        for span in draft.content
        if not text[span[1] : start].endswith(function_words.CONJUNCTION)
        or not has_verb(words(text[span[1] : start]))
        or not QUOTATION_MARKS.isdisjoint(text[span[0] : start])
    ]
    return replace(draft, content=tuple(content))


def _subject_before_cue(text: str, draft: Draft) -> Draft:
    """Make a pronoun right before the cue the source, if there is only a guess or half a one.

    A guess right before the cue is its subject. After "was told by" the agent is the source.
    """
    cue = draft.cue_words(text)
    if cue[-1:] == [span_edges.AGENT_PREPOSITION]:  # "had been told by Falk that it leaks"
        start = next((start for start, _ in draft.content if start >= draft.cue_end), None)
        if start is None or (draft.source and draft.source[0][0] >= draft.cue_end):
            return draft
        agent = trimmed(text, draft.cue_end, start)
        phrase = words(text[slice(*agent)])
        is_name = 0 < len(phrase) <= MAX_NAME_WORDS and not has_verb(phrase)
        return replace(draft, source=(agent,), is_guessed=False) if is_name else draft
    is_half = pronouns.DETERMINERS.issuperset(words(draft.source_text(text)))
    is_passive = not LISTS["forms_of_be"].isdisjoint(cue) and not any(
        word.endswith("ing") for word in cue
    )
    reports = not cue_verbs.SPEECH_VERBS.isdisjoint(cue) and not is_passive
    if not reports or not (is_half or draft.is_guessed):
        return draft
    if draft.is_guessed and text[draft.source[-1][1] : draft.cue_start] == " ":
        return replace(draft, is_guessed=False)
    start = max(draft.paragraph.start, draft.cue_start - SUBJECT_LOOKBACK)
    subject = span_edges.SUBJECT.search(text, start, draft.cue_start)
    if subject is None or overlap((subject.span("who"),), draft.content):
        return draft
    return replace(draft, source=(subject.span("who"),), is_guessed=False)


def _without_addressee(text: str, draft: Draft) -> Draft:
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


def _split(text: str, draft: Draft) -> list[Draft]:
    """Divide "said she was sorry and hoped they would return", in which one source has two cues."""
    if not draft.source or not draft.content or draft.content[-1][0] < draft.cue_end:
        return [draft]
    start, end = draft.content[-1]
    is_present = text[draft.cue_start : draft.cue_end].endswith("s")
    for second in span_edges.SECOND_CUE.finditer(text, start, end):
        is_cue = acts.CLASS_OF.get(second["cue"].lower()) in ("speech", "thought")
        is_in_quotation = quotations_between(text, draft.paragraph, *second.span())
        if is_cue and not is_in_quotation and second["cue"].endswith("s") == is_present:
            first_content = (*draft.content[:-1], (start, second.start()))
            rest = ((second.end(), end),)
            return [
                replace(draft, content=first_content),
                replace(draft, cue=(second.span("cue"),), content=rest),
            ]
    return [draft]


def _end_early(text: str, draft: Draft) -> Draft:
    """End unquoted content at a semicolon, or before what it was said about.

    "Said that it leaked[; a diver looked on Friday]", "has denied a rift[ after he missed the
    bus]": leads put the news into the perfect and its occasion behind it.
    """
    if not draft.content or draft.content[-1][0] < draft.cue_end:
        return draft
    start, end = draft.content[-1]
    quoted = quotations_between(text, draft.paragraph, start, end)
    search_start = quoted[-1][1] if quoted else start
    is_perfect = not LISTS["perfect_auxiliaries"].isdisjoint(draft.cue_words(text))
    if is_perfect and len(draft.content) == 1:
        occasion = span_edges.OCCASION.search(text, search_start, end)
        end = occasion.start() if occasion else end
    next_clause = span_edges.NEXT_CLAUSE.search(text, search_start, end)
    end = next_clause.start() if next_clause else end
    return replace(draft, content=(*draft.content[:-1], (start, end)))


def _clip_to_sentence(text: str, draft: Draft, piece: Span) -> Span:
    """Clip unquoted content to the sentence of its cue."""
    start, end = piece
    sentence_start, sentence_end = sentence_at(text, draft.paragraph, draft.cue_start)
    is_outside = start >= sentence_end or end <= sentence_start
    is_inside = sentence_start <= start and end <= sentence_end
    if is_outside or is_inside or quotations_between(text, draft.paragraph, start, end):
        return piece
    return max(start, sentence_start), min(end, sentence_end)


def _trim_source(text: str, span: Span) -> Span:
    """Trim a leading "that", a trailing day and punctuation from a source."""
    start, end = span
    if leading_that := span_edges.LEADING_THAT.match(text, start, end):
        start = leading_that.end()
    day = span_edges.TRAILING_DAY.search(text, start, end)
    has_relative = not pronouns.RELATIVE.isdisjoint(words(text[start:end]))
    is_day = day and not span_edges.TIMES.isdisjoint(words_in(day["day"]))
    if day and is_day and day.start() > start and not has_relative:
        end = day.start()
    return start, start + len(text[start:end].rstrip(f"{EDGE_CHARACTERS}(["))


def _trim_cue(text: str, paragraph: Paragraph, span: Span) -> Span:
    """Trim a trailing time phrase, by which the date is found."""
    start, end = span
    until = min(paragraph.end, end + TIME_LOOKAHEAD)
    for time in span_edges.TIME_PHRASE.finditer(text, start + 1, until):
        is_time = not span_edges.TIMES.isdisjoint(words_in(time["day"]))
        if is_time and time.start() < end <= time.end():
            return start, time.start()
    return span


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


def tidy_content(text: str, pieces: Sequence[Span]) -> Spans:
    """Trim "as", punctuation and a trailing ", citing B" from a content; keep "that"."""
    kept = [
        piece
        for piece in pieces
        if not set(words(text[slice(*piece)])) <= span_edges.FUNCTION_WORDS  # a stray "At"
    ]
    trimmed_pieces = []
    for start, end in kept or pieces:
        printed = text[start:end]
        start += len(printed) - len(printed.lstrip(EDGE_CHARACTERS))
        end = max(start, end - len(printed) + len(printed.rstrip(EDGE_CHARACTERS)))
        if leading_as := span_edges.LEADING_AS.match(text, start, end):
            start = leading_as.end()
        citation = span_edges.TRAILING_CITATION.search(text, start, end)
        trimmed_pieces.append((start, citation.start() if citation else end))
    return _tidy(text, trimmed_pieces)


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


def claims_nothing(text: str, draft: Draft) -> bool:
    """Tell whether a draft says nothing, has nobody as its source, or is hypothetical."""
    if not draft.content or (not draft.source and draft.confidence < MIN_SOURCELESS_CONFIDENCE):
        return True
    source, cue, content = draft.source_text(text), draft.cue_words(text), draft.content_text(text)
    # "Criticized Ana Roe", "spoke of it"; but "denied it" is a claim.
    is_neuter = content.lower() in pronouns.NEUTER | {"that", "this"}
    is_name = content.lower() in pronouns.PRONOUNS or capitals.CAPITALISED_RUN.fullmatch(
        content.rstrip(". ")
    )
    if is_name and (not is_neuter or cue_verbs.DENIAL_VERBS.isdisjoint(cue)):
        return True
    before_cue = text[draft.source[-1][1] : draft.cue_start].strip() if source else ""
    if cue[:1] == ["asked"] and before_cue == "," and "," not in source:
        return True  # "Roe, asked if it leaks, said no"
    if source and (
        span_edges.NEGATIVE_SOURCE.match(source) or span_edges.NON_SOURCES.issuperset(words(source))
    ):
        return True
    printed_cue = joined_text(text, draft.cue)
    for start, end in draft.content:  # "asked not to be named"
        if start >= draft.cue_start and (
            people.ANONYMITY_PHRASE.match(f"{printed_cue} {text[start:end]}")
            or people.ANONYMITY_PHRASE.match(text, start, end)
        ):
            return True
    # "If Roe says …", "unclear whether Roe said …", "Roe should say …".
    start = min(span[0] for span in (*draft.source, *draft.cue))
    sentence = sentence_at(text, draft.paragraph, start)
    text_before = text[max(sentence[0], start - LOOKBACK) : start]
    if span_edges.HYPOTHESIS.search(text_before) or not LISTS["hypothetical_modals"].isdisjoint(
        printed_cue.split()
    ):
        return True
    return draft.is_guessed and _is_implausible(text, draft, cue, content)


def _is_topic(text: str, draft: Draft) -> bool:
    """Tell whether the content only names a topic or an object: "signed the order"."""
    content = draft.content_text(text)
    parts = words(content)
    if len(parts) > MAX_TOPIC_WORDS or not QUOTATION_MARKS.isdisjoint(content):
        return False
    if span_edges.BARE_DETERMINERS.issuperset(parts):
        return True  # truncated before its noun
    has_topic_verb = not cue_verbs.TOPIC_VERBS.isdisjoint(draft.cue_words(text))
    return has_topic_verb and (len(parts) == 1 or not has_verb(parts))


def mark_doubtful(text: str, draft: Draft) -> Draft:
    """Mark a weak source as uncertain, and drop a guess in an unlikely position.

    Likely positions are before the cue in the same sentence, or just after it: "said Roe". Most
    other guesses are wrong; usually the article gives no source.
    """
    if not draft.is_guessed:
        return replace(draft, is_unsure=bool(draft.source) and draft.confidence < MIN_CONFIDENCE)
    source_start = draft.source[0][0]
    follows_cue = draft.cue_end < source_start and not text[draft.cue_end : source_start].strip()
    sentence_start = sentence_at(text, draft.paragraph, draft.cue_start)[0]
    if follows_cue or sentence_start <= source_start < draft.cue_start:
        return draft
    return replace(draft, source=(), is_guessed=False)


def _is_implausible(text: str, draft: Draft, cue: list[str], content: str) -> bool:
    """Tell whether a guessed source is implausible.

    It is if the cue has no subject, or the content is too short or outside the cue's sentence. A
    cue that opens its sentence has no subject before it: "Reports that it had failed …", "Accused
    of lying, she left".
    """
    start, end = sentence_at(text, draft.paragraph, draft.cue_start)
    is_short = len(words(content)) < MIN_CONTENT_WORDS and QUOTATION_MARKS.isdisjoint(content)
    if is_short or not overlap(draft.content, ((start, end),)):
        return True
    opens_sentence = not any(map(str.isalnum, text[start : draft.cue_start]))
    is_participle = bool(cue) and cue[0].endswith("ed")
    return opens_sentence and (is_participle or not start <= draft.source[0][0] < end)
