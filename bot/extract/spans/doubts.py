"""Reject drafts that claim nothing, and mark sources that may be wrong."""

from __future__ import annotations

from dataclasses import replace

from bot.extract.paragraphs import is_furniture
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, sentence_at
from bot.extract.speakers.names import has_verb
from bot.extract.words import words
from bot.languages.table import capitals, cue_verbs, doubts, people, pronouns
from bot.model import Span
from bot.text.spans import joined_text, overlap

LOOKBACK = 60  # characters before a source to search for "if" or "unclear whether"
MIN_CONFIDENCE = 0.35  # below it, sources are wrong as often as right
MIN_SOURCELESS_CONFIDENCE = 0.7  # below it, attributions without a source are mostly none
MAX_TOPIC_WORDS = 2
MIN_CONTENT_WORDS = 3  # in unquoted content whose source is guessed


def claims_nothing(text: str, draft: Draft) -> bool:
    """Tell whether a draft says nothing, has nobody as its source, or is hypothetical."""
    return (
        not draft.content
        or (not draft.source and draft.confidence < MIN_SOURCELESS_CONFIDENCE)
        or _is_name(text, draft)
        or _asks_for_anonymity(text, draft)
        or _is_non_reporting(text, draft)
        or _is_nobody(draft.source_text(text))
        or _is_hypothetical(text, draft)
        or _was_asked(text, draft)
        or is_furniture(text[slice(*_cue_sentence(text, draft))])
        or (draft.is_guessed and _is_implausible(text, draft))
    )


def mark_doubtful(text: str, draft: Draft) -> Draft:
    """Mark a weak source as uncertain, and drop a guess in an unlikely position.

    Likely positions are before the cue in the same sentence, or just after it: "said Roe". Most
    other guesses are wrong; usually the article gives no source.
    """
    if not draft.is_guessed:
        is_unsure = bool(draft.source) and draft.confidence < MIN_CONFIDENCE
        return replace(draft, is_unsure=is_unsure)
    source_start = draft.source[0][0]
    follows_cue = draft.cue_end < source_start and not text[draft.cue_end : source_start].strip()
    if follows_cue or _cue_sentence(text, draft)[0] <= source_start < draft.cue_start:
        return draft
    return replace(draft, source=(), is_guessed=False)


def _cue_sentence(text: str, draft: Draft) -> Span:
    return sentence_at(text, draft.paragraph, draft.cue_start)


def _is_name(text: str, draft: Draft) -> bool:
    """Tell whether the content is only a name or pronoun: "criticized Ana Roe", "spoke of it".

    "Denied it" is still a claim.
    """
    content = draft.content_text(text)
    is_neuter = content.lower() in pronouns.NEUTER | {"that", "this"}
    if is_neuter and not cue_verbs.DENIAL_VERBS.isdisjoint(draft.cue_words(text)):
        return False
    is_name = capitals.CAPITALISED_RUN.fullmatch(content.rstrip(". ")) is not None
    return is_name or content.lower() in pronouns.PRONOUNS


def is_topic(text: str, draft: Draft) -> bool:
    """Tell whether the content only names a topic or an object: "signed the order"."""
    content = draft.content_text(text)
    parts = words(content)
    if len(parts) > MAX_TOPIC_WORDS or not QUOTATION_MARKS.isdisjoint(content):
        return False
    if doubts.BARE_DETERMINERS.issuperset(parts):
        return True  # truncated before its noun
    has_topic_verb = not cue_verbs.TOPIC_VERBS.isdisjoint(draft.cue_words(text))
    return has_topic_verb and (len(parts) == 1 or not has_verb(parts))


def _asks_for_anonymity(text: str, draft: Draft) -> bool:
    """Tell whether a draft is only a request for anonymity: "asked not to be named"."""
    cue = joined_text(text, draft.cue)
    return any(
        people.ANONYMITY_PHRASE.match(f"{cue} {text[start:end]}")
        or people.ANONYMITY_PHRASE.match(text, start, end)
        for start, end in draft.content
        if start >= draft.cue_start
    )


def _is_non_reporting(text: str, draft: Draft) -> bool:
    """Tell whether the cue reports nothing: it is only an adverb ("once", "later") or "seems".

    A cue without words, such as a colon, does report.
    """
    cue = set(draft.cue_words(text))
    return bool(cue) and (cue <= cue_verbs.ADVERBS or not cue_verbs.SEEMING_VERBS.isdisjoint(cue))


def _is_nobody(source: str) -> bool:
    return bool(source) and (
        bool(doubts.NEGATIVE_SOURCE.match(source)) or doubts.NON_SOURCES.issuperset(words(source))
    )


def _is_hypothetical(text: str, draft: Draft) -> bool:
    """Tell whether a statement is hypothetical: "if Roe says …", "unclear whether Roe said …"."""
    if not doubts.MODALS.isdisjoint(joined_text(text, draft.cue).split()):
        return True
    start = min(span[0] for span in (*draft.source, *draft.cue))
    sentence_start = sentence_at(text, draft.paragraph, start)[0]
    text_before = text[max(sentence_start, start - LOOKBACK) : start]
    return any(
        pattern.search(text_before)
        for pattern in (doubts.HYPOTHESIS, doubts.UNCERTAINTY, doubts.NEGATED_SOURCE)
    )


def _was_asked(text: str, draft: Draft) -> bool:
    """Tell whether the source was asked rather than asking: "Roe, asked if it leaks, said no"."""
    source = draft.source_text(text)
    if not source or "," in source or draft.cue_words(text)[:1] != [doubts.ASKED_CUE]:
        return False
    return text[draft.source[-1][1] : draft.cue_start].strip() == ","


def _is_implausible(text: str, draft: Draft) -> bool:
    """Tell whether a guessed source is implausible.

    It is if the cue has no subject, or the content is too short or outside the cue's sentence. A
    cue that opens its sentence has no subject before it: "Reports that it had failed …", "Accused
    of lying, she left".
    """
    start, end = _cue_sentence(text, draft)
    content, cue = draft.content_text(text), draft.cue_words(text)
    is_short = len(words(content)) < MIN_CONTENT_WORDS and QUOTATION_MARKS.isdisjoint(content)
    if is_short or not overlap(draft.content, ((start, end),)):
        return True
    opens_sentence = not any(map(str.isalnum, text[start : draft.cue_start]))
    is_participle = bool(cue) and cue[0].endswith("ed")
    return opens_sentence and (is_participle or not start <= draft.source[0][0] < end)
