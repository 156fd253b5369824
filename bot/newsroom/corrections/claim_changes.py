"""What a correction changes of a claim: checked, with what follows from it, without what is so
already. Pure, but for the extractor's rules that it asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.corrections.claims import CHOICES, MARKED_FIELDS
from bot.errors import QueryError
from bot.ingest.metadata import UNSHOWABLE
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
from bot.newsroom.articles.claim_spans import enclosing_paragraphs, nearest_occurrence
from bot.store.articles.shown import ClaimInText
from bot.words import say

MAX_NAME_LENGTH = 200
EDITABLE_FIELDS = (*MARKED_FIELDS, "speaker", "type", "stance", "kind", "rejected", "negative")
"""The fields that a person may say something of; the rest follows."""
ATTRIBUTION_FIELDS = ("speaker", "source", "cue", "type", "stance", "negative")


class FieldChanges(NamedTuple):
    """How fields of a claim are to read, and how they read before."""

    after: dict[str, Any]
    before: dict[str, Any]


class ClaimChanges:
    """Makes a correction's changes out of what a person says of a claim `as_it_reads`, whose source
    and cue stand at `places`."""

    def __init__(
        self, within: ClaimInText, as_it_reads: Claim, places: tuple[Spans, Spans]
    ) -> None:
        self._text, self._paragraphs = within.text, within.paragraphs
        self._claim = as_it_reads
        self._places = dict(zip(("source", "cue"), places, strict=True))

    def validate(self, said: Mapping[str, Any]) -> FieldChanges:
        """Check what a person says and add what follows. Raises QueryError, in words for them."""
        if self._claim.kind == FOREIGN_PARAGRAPH:
            raise _cannot("corrections.passage")
        given = {name: self._checked(name, value) for name, value in said.items()}
        if given.get("rejected"):
            return FieldChanges({"rejected": True}, {"rejected": False})
        given = {n: v for n, v in given.items() if n != "rejected" and not self._is_so(n, v)}
        self._require_whole(given)
        after = given | dict(self._following(given))
        if not after:
            raise _cannot("corrections.nothing")
        return FieldChanges(after, {name: self._reads(name) for name in after})

    # -- what a person says

    def _checked(self, name: str, value: Any) -> Any:
        if name not in EDITABLE_FIELDS:
            raise _cannot("corrections.no_field", field=name)
        if name in MARKED_FIELDS:
            return self._marked(name, value)
        if name == "speaker":
            return _name(value)
        fits = value in CHOICES[name] if name in CHOICES else isinstance(value, bool)
        if not fits:
            raise _cannot("corrections.no_value", field=name, value=value)
        return value

    def _marked(self, name: str, spans: Spans | None) -> MarkedWords | None:
        if not spans:
            if name == "content":
                raise _cannot("corrections.no_content")
            return None
        if not self._claim.spans:
            raise _cannot("corrections.no_place")
        ends = [end for span in spans for end in span]
        in_order = ends == sorted(ends) and all(start < end for start, end in spans)
        if not in_order or ends[0] < 0 or ends[-1] > len(self._text):
            raise _cannot("corrections.no_words")
        words = tuple(self._text[start:end] for start, end in spans)
        if not all(any(map(str.isalnum, word)) for word in words) and name != "cue":
            raise _cannot("corrections.no_words")
        return MarkedWords(tuple((start, end) for start, end in spans), words)

    def _is_so(self, name: str, value: Any) -> bool:
        """Whether a claim reads so already; of a speaker who is but a guess, it does not."""
        if name == "speaker" and self._claim.unsure:
            return False
        return bool(self._reads(name) == value)

    def _reads(self, name: str) -> Any:
        """A field of the claim as it reads, as corrections have it."""
        if name == "content":
            spans = self._claim.spans
            return MarkedWords(spans, tuple(self._text[start:end] for start, end in spans))
        if name in MARKED_FIELDS:
            printed, spans = getattr(self._claim, name), self._places[name]
            words = tuple(self._text[start:end] for start, end in spans) or (printed,)
            return MarkedWords(spans, words) if printed else None
        return getattr(self._claim, name)

    def _require_whole(self, given: Mapping[str, Any]) -> None:
        kind = given.get("kind", self._claim.kind)
        if kind == UNATTRIBUTED and any(name in given for name in ATTRIBUTION_FIELDS):
            raise _cannot("corrections.needs_attribution")
        becomes_one = kind == "attribution" and self._claim.kind == UNATTRIBUTED
        has_cue = given.get("cue") or not self._claim.spans
        if becomes_one and not (given.get("speaker") and has_cue):
            raise _cannot("corrections.needs_speaker")

    # -- what follows

    def _following(self, given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        kind = given.get("kind", self._claim.kind)
        if kind != "attribution":
            return
        if "speaker" in given:
            yield "source_kind", _kind_given(given["speaker"])
            if "source" not in given:
                yield from self._source_of(given)
        content = given.get("content") or ("kind" in given and self._reads("content"))
        if content and "type" not in given and content.spans:
            made = _type_of(self._text, content.spans)
            if made != self._claim.type:
                yield "type", made

    def _source_of(self, given: Mapping[str, Any]) -> Iterator[tuple[str, MarkedWords | None]]:
        """Choose the words that give a new speaker: the name, where it stands near the claim; or
        those that gave the one before, if they may mean anybody ("he", "the minister")."""
        speaker, printed = given["speaker"], self._claim.source
        if speaker and self._claim.spans:
            cue = given["cue"].spans if given.get("cue") else self._places["cue"]
            content = given["content"].spans if given.get("content") else self._claim.spans
            within = enclosing_paragraphs(content, self._paragraphs)
            found = nearest_occurrence(self._text, within, [speaker], cue or content, content)
            if found and not _overlap(found, content):
                yield "source", MarkedWords(found, (speaker,))
                return
        if printed and (not speaker or self._names(printed)):
            yield "source", None

    def _names(self, printed: str) -> bool:
        """Whether words name somebody, as the speaker that a claim has had until now is named."""
        named = self._claim.speaker if self._claim.source_kind == "named" else None
        return _kind_of(printed) == "named" or bool(named and named in printed)


def _name(value: Any) -> str | None:
    """A speaker's name on one line; None where nobody is given. Raises QueryError."""
    if value is not None and not isinstance(value, str):
        raise _cannot("corrections.no_value", field="speaker", value=value)
    name = collapse_whitespace(value or "")
    if len(name) > MAX_NAME_LENGTH:
        raise _cannot("corrections.too_long", most=MAX_NAME_LENGTH)
    if name and not any(map(str.isalnum, name)):
        raise _cannot("corrections.no_value", field="speaker", value=name)
    return name or None


def collapse_whitespace(text: str) -> str:
    """What somebody has written, without what can be neither shown nor kept."""
    return " ".join(UNSHOWABLE.sub(" ", text).split())


def _overlap(some: Spans, others: Spans) -> bool:
    return any(start < last and first < end for start, end in some for first, last in others)


def _kind_given(speaker: str | None) -> SourceKind:
    """How a speaker is given whom somebody has typed: by name, unless the extractor's rules see a
    description that begins small ("policy advisers") or as one does ("The advisers"). They know
    names by their capitals alone, and not every script has any; and they take a name's last word
    for what it else means ("Bogus Person")."""
    if not speaker:
        return "none"

    letter = next(filter(str.isalpha, speaker), "")
    is_common = letter.islower() or speaker.split()[0].lower() in source_forms.COMMON
    kind = _kind_of(speaker)
    words = speaker.split()
    is_name = len(words) > 1 and all(word[0].isupper() for word in words)
    is_name = is_name and not people.UNNAMED.search(speaker)
    if is_common or (kind == "unnamed" and not is_name):
        return kind
    return "named"


def _kind_of(speaker: str) -> SourceKind:
    from bot.extract.speakers.kinds import source_kind  # loads the extractor's libraries

    return source_kind(speaker)


def _type_of(text: str, content: Spans) -> AttributionType:
    from bot.extract.paragraphs import paragraphs_of
    from bot.extract.spans.drafts import content_type

    return content_type(text, paragraphs_of(text), content)


def _cannot(key: str, **values: object) -> QueryError:
    return QueryError(f"{say('corrections.cannot')}: {say(key, **values)}")
