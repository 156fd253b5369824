"""Validate corrections of a claim, and derive the fields that follow from them.

Pure, apart from loading the extractor's rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.corrections.claims import CHOICES, MARKED_FIELDS
from bot.errors import QueryError
from bot.ingest.metadata import UNPRINTABLE
from bot.languages.table import people, source_forms
from bot.model import (
    FOREIGN_PARAGRAPH,
    UNATTRIBUTED,
    AttributionType,
    Claim,
    MarkedWords,
    SourceKind,
    Spans,
)
from bot.newsroom.articles.claim_spans import enclosing_paragraphs, nearest_occurrence, overlaps
from bot.store.articles.shown import ClaimInText
from bot.words import say

MAX_NAME_LENGTH = 200
EDITABLE_FIELDS = (*MARKED_FIELDS, "speaker", "type", "stance", "kind", "rejected", "negative")
"""The fields that people can correct; the others are derived."""
ATTRIBUTION_FIELDS = ("speaker", "source", "cue", "type", "stance", "negative")


class FieldChanges(NamedTuple):
    """The new and the old values of corrected fields."""

    new_values: dict[str, Any]
    old_values: dict[str, Any]


class ClaimChanges:
    """Turns the values that a person gives into the changes of a correction.

    `current` is the claim as people see it now. `source_and_cue` are the spans of its source and
    cue.
    """

    def __init__(
        self, stored: ClaimInText, current: Claim, source_and_cue: tuple[Spans, Spans]
    ) -> None:
        self._text, self._paragraphs = stored.text, stored.paragraphs
        self._claim = current
        self._spans = dict(zip(("source", "cue"), source_and_cue, strict=True))

    def validate(self, values: Mapping[str, Any]) -> FieldChanges:
        """Validate values, leave out those that change nothing, and add derived fields.

        Raises QueryError, worded for the person who corrects.
        """
        if self._claim.kind == FOREIGN_PARAGRAPH:
            raise correction_error("corrections.passage")
        validated = {name: self._validate(name, value) for name, value in values.items()}
        if validated.get("rejected"):
            return FieldChanges({"rejected": True}, {"rejected": False})
        changed = {
            name: value
            for name, value in validated.items()
            if name != "rejected" and not self._is_unchanged(name, value)
        }
        self._require_consistency(changed)
        new_values = changed | dict(self._derived_fields(changed))
        if not new_values:
            raise correction_error("corrections.nothing")
        return FieldChanges(new_values, {name: self._current_value(name) for name in new_values})

    # -- validation

    def _validate(self, name: str, value: Any) -> Any:
        if name not in EDITABLE_FIELDS:
            raise correction_error("corrections.no_field", field=name)
        if name in MARKED_FIELDS:
            return self._mark_words(name, value)
        if name == "speaker":
            return _validate_name(value)
        is_valid = value in CHOICES[name] if name in CHOICES else isinstance(value, bool)
        if not is_valid:
            raise correction_error("corrections.no_value", field=name, value=value)
        return value

    def _mark_words(self, name: str, spans: Spans | None) -> MarkedWords | None:
        if not spans:
            if name == "content":
                raise correction_error("corrections.no_content")
            return None
        if not self._claim.spans:
            raise correction_error("corrections.no_place")
        offsets = [offset for span in spans for offset in span]
        in_order = offsets == sorted(offsets) and all(start < end for start, end in spans)
        if not in_order or offsets[0] < 0 or offsets[-1] > len(self._text):
            raise correction_error("corrections.no_words")
        words = tuple(self._text[start:end] for start, end in spans)
        if not all(any(map(str.isalnum, word)) for word in words) and name != "cue":
            raise correction_error("corrections.no_words")
        return MarkedWords(tuple((start, end) for start, end in spans), words)

    def _is_unchanged(self, name: str, value: Any) -> bool:
        """Whether a field already has this value."""
        return bool(self._current_value(name) == value)

    def _current_value(self, name: str) -> Any:
        """Return a field of the claim in the form in which corrections store it."""
        if name == "content":
            spans = self._claim.spans
            return MarkedWords(spans, tuple(self._text[start:end] for start, end in spans))
        if name in MARKED_FIELDS:
            phrase, spans = getattr(self._claim, name), self._spans[name]
            words = tuple(self._text[start:end] for start, end in spans) or (phrase,)
            return MarkedWords(spans, words) if phrase else None
        return getattr(self._claim, name)

    def _require_consistency(self, changed: Mapping[str, Any]) -> None:
        kind = changed.get("kind", self._claim.kind)
        if kind == UNATTRIBUTED and any(name in changed for name in ATTRIBUTION_FIELDS):
            raise correction_error("corrections.needs_attribution")
        becomes_attribution = kind == "attribution" and self._claim.kind == UNATTRIBUTED
        has_cue = changed.get("cue") or not self._claim.spans
        if becomes_attribution and not (changed.get("speaker") and has_cue):
            raise correction_error("corrections.needs_speaker")

    # -- derived fields

    def _derived_fields(self, changed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        if changed.get("kind", self._claim.kind) != "attribution":
            return
        if "speaker" in changed:
            yield "source_kind", _kind_of_typed_speaker(changed["speaker"])
            if "source" not in changed:
                yield from self._derived_source(changed)
        content = changed.get("content") or ("kind" in changed and self._current_value("content"))
        if content and "type" not in changed and content.spans:
            content_type = _content_type(self._text, content.spans)
            if content_type != self._claim.type:
                yield "type", content_type

    def _derived_source(
        self, changed: Mapping[str, Any]
    ) -> Iterator[tuple[str, MarkedWords | None]]:
        """Choose the source of a new speaker.

        That is the name, if it is printed near the claim. Otherwise the previous source stays if it
        may refer to anybody ("he", "the minister"), and is removed if it names somebody.
        """
        speaker, current_source = changed["speaker"], self._claim.source
        if speaker and self._claim.spans:
            cue = changed["cue"].spans if changed.get("cue") else self._spans["cue"]
            content = changed["content"].spans if changed.get("content") else self._claim.spans
            search_area = enclosing_paragraphs(content, self._paragraphs)
            spans = nearest_occurrence(self._text, search_area, [speaker], cue or content, content)
            if spans and not overlaps(spans, content):
                yield "source", MarkedWords(spans, (speaker,))
                return
        if current_source and (not speaker or self._names_somebody(current_source)):
            yield "source", None

    def _names_somebody(self, source: str) -> bool:
        speaker = self._claim.speaker if self._claim.source_kind == "named" else None
        return _kind_of(source) == "named" or bool(speaker and speaker in source)


def _validate_name(value: Any) -> str | None:
    """Return a speaker's name on one line, or None if it is empty. Raises QueryError."""
    if value is not None and not isinstance(value, str):
        raise correction_error("corrections.no_value", field="speaker", value=value)
    name = collapse_whitespace(value or "")
    if len(name) > MAX_NAME_LENGTH:
        raise correction_error("corrections.too_long", most=MAX_NAME_LENGTH)
    if name and not any(map(str.isalnum, name)):
        raise correction_error("corrections.no_value", field="speaker", value=name)
    return name or None


def collapse_whitespace(text: str) -> str:
    """Put a text on one line, without characters that cannot be shown or stored."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())


def _kind_of_typed_speaker(speaker: str | None) -> SourceKind:
    """Return the kind of a speaker that a person has typed.

    It is "named" unless the speaker starts like a description, in lower case ("policy advisers") or
    with an article ("The advisers"). The extractor's rules alone do not decide: they recognise
    names by capitals, which not every script has, and may take the last word of a name for a common
    noun ("Bogus Person").
    """
    if not speaker:
        return "none"
    first_letter = next(filter(str.isalpha, speaker), "")
    words = speaker.split()
    is_description = first_letter.islower() or words[0].lower() in source_forms.COMMON_WORDS
    kind = _kind_of(speaker)
    is_capitalised = len(words) > 1 and all(word[0].isupper() for word in words)
    is_name = is_capitalised and not people.UNNAMED_SOURCE.search(speaker)
    if is_description or (kind == "unnamed" and not is_name):
        return kind
    return "named"


def _kind_of(speaker: str) -> SourceKind:
    from bot.extract.speakers.kinds import source_kind  # loads the extractor's libraries

    return source_kind(speaker)


def _content_type(text: str, content: Spans) -> AttributionType:
    from bot.extract.paragraphs import paragraphs_of
    from bot.extract.spans.drafts import content_type

    return content_type(text, paragraphs_of(text), content)


def correction_error(key: str, **values: object) -> QueryError:
    """Return the error for an impossible correction; `key` is the catalogue key of the reason."""
    return QueryError(f"{say('corrections.cannot')}: {say(key, **values)}")
