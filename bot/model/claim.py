"""The contents of an article: attributions, unattributed sentences, and their claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from bot.model.spans import Spans

ClaimKind = Literal["attribution", "statement", "passage"]
"""As it is stored, written as JSON and typed in queries (`type:statement`)."""
UNATTRIBUTED: Final = "statement"
FOREIGN_PARAGRAPH: Final = "passage"
"""A paragraph in a language without an extractor: searchable, but not analysed."""


AttributionType = Literal["direct", "indirect", "mixed"]


SourceKind = Literal["named", "described", "unnamed", "none"]


Act = Literal["speech", "thought", "event"]
"""What an attribution reports. Nobody uttered the content of an event: "is expected to"."""


Stance = Literal["said", "claimed", "denied", "confirmed", "warned", "believes", "ordered", "asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content: who said what, in which words.

    `speaker` is the person or body behind `source`: a name only if it is printed there or sure
    enough, otherwise the description as printed; None for a pronoun and beside a `guess`, which is
    who it probably is. `via` are the intermediaries between the speaker and the article, starting
    with the speaker's. `inside` is the id of the attribution whose content includes this one.
    `negative` marks content that was not said ("declined to comment"). `said_on` is the day on
    which it was said, if the text gives one; `said_on_inferred` says that its year is a guess.
    `unsure` says that the source may be the wrong words. `confidence` is the probability that
    content and source are right, `act_confidence` that the act is, `speaker_confidence` that
    `speaker` or `guess` is who the source refers to.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    type: AttributionType
    speaker: str | None
    source_kind: SourceKind
    guess: str | None = None
    act: Act = "speech"
    stance: Stance = "said"
    negative: bool = False
    via: tuple[str, ...] = ()
    inside: str | None = None
    said_on: date | None = None
    said_on_inferred: bool = False
    unsure: bool = False
    confidence: float = 1.0
    act_confidence: float = 1.0
    speaker_confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattributed:
    """A sentence in the article's own voice.

    `near` is the id of the nearest attribution in the same passage, which is context, never the
    source. `checkable` rates how well the sentence can be fact-checked, from 0 to 1.
    """

    content: Spans
    near: str | None = None
    checkable: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything found in one article, in reading order.

    `paragraphs` are all its paragraphs, including headings and boilerplate. `read_to` is the offset
    at which reading stopped because the work budget was spent; None if it was read to its end.
    """

    attributions: tuple[Attribution, ...] = ()
    unattributed: tuple[Unattributed, ...] = ()
    paragraphs: Spans = ()
    read_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyAttribution:
    """An attribution beside an unattributed sentence: `speaker` said `text`.

    It is the nearest one, or the one that "this" refers to. `report` is the outlet that seems to
    have reported both. It is context, never the source.
    """

    speaker: str
    text: str
    report: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An attribution or an unattributed sentence, filed for search.

    `text` is the content as printed, its pieces joined by " … ". `speaker` and `guess` are as in
    Attribution: where there is a guess, the printed source is who says it. `source` and `cue` are
    as printed, at `source_spans` and `cue_spans` if their place is known. `outer_cue` is the cue of
    the claim that this one is `inside`, set only if that cue denies, asks or believes it rather
    than asserts it. `paragraph` counts from 1. `type` is None for unattributed sentences, and for
    imported attributions of unknown type. `known_as` is the speaker's name across all articles, set
    if this article prints less of it. `confidence` and `speaker_confidence` (None: not known)
    belong to attributions, `checkable` to unattributed sentences. `corrected` says that a person
    has corrected this claim, or another claim whose new name or words it takes over. `printed` is a
    hash of the sentences that contain it, if known. An imported claim, made elsewhere, has no
    `spans` and may have its maker's own id as `ref`. An attribution without an `act` counts as
    speech. An event is no claim; one that was filed as a claim is kept for those who open it if
    people have seen it in a message or corrected it.
    """

    id: str
    article_id: str
    kind: ClaimKind
    text: str
    spans: Spans = ()
    paragraph: int | None = None
    ref: str | int | None = None
    type: AttributionType | None = None
    speaker: str | None = None
    guess: str | None = None
    source: str | None = None
    cue: str | None = None
    source_kind: SourceKind = "none"
    act: Act | None = None
    stance: Stance | None = None
    negative: bool = False
    via: tuple[str, ...] = ()
    inside: str | None = None
    near: NearbyAttribution | None = None
    said_on: date | None = None
    said_on_inferred: bool = False
    confidence: float = 1.0
    checkable: float | None = None
    corrected: bool = False
    known_as: str | None = None
    source_spans: Spans = ()
    cue_spans: Spans = ()
    outer_cue: str | None = None
    printed: str | None = None
    speaker_confidence: float | None = None

    @property
    def is_unresolved(self) -> bool:
        """Whether its printed source leads to nobody for sure: "he", or a guess."""
        is_printed = bool(self.source) and not self.speaker
        return self.kind == "attribution" and (is_printed or bool(self.guess))

    @property
    def speaker_name(self) -> str | None:
        """The best name or description of the speaker."""
        return self.known_as or self.speaker or self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The sentences that print a claim.

    `spans` are whole sentences of the article's text, in order; `text` joins them, with " […] "
    between sentences that are not adjacent. `source`, `cue` and `content` are spans of `text`;
    `cue` includes the words that negate it ("did not dispute"). `uncut` are the sentences of `text`
    that are shown whole or not at all: those before the claim's own, and those that attribute
    something to another source as well. `before` is what another speaker says just before.
    `introduction` is the speaker's name with the article's description of them, wherever it is
    printed: "Sun Yun, the director". `time` is that of a transcript's line, as printed: "00:14:05".
    """

    spans: Spans
    text: str
    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    uncut: Spans = ()
    before: Before | None = None
    introduction: str | None = None
    time: str | None = None

    def contains(self, claim: Claim) -> bool:
        """Whether all of a claim's content is in these sentences."""
        return bool(claim.spans) and all(
            any(start <= first and last <= end for start, end in self.spans)
            for first, last in claim.spans
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The sentence before a claim's own sentences, and what another speaker says in it.

    If it `is_needed`, the claim cannot be understood without it.
    """

    claim: Claim
    passage: Passage
    is_needed: bool


class ClaimEntry(NamedTuple):
    """The fields of a claim that are indexed."""

    claim_id: str
    article_id: str
    text: str
    speaker: str | None = None
    source: str | None = None
    cue: str | None = None
    outlet: str | None = None
    published_on: date | None = None
    kind: ClaimKind = "attribution"
    type: AttributionType | None = None
    source_kind: SourceKind = "none"
    stance: Stance | None = None
    via: Sequence[str] | None = None
    language: str | None = None
    title: str | None = None
    negative: bool = False
    roles: Sequence[str] | None = None
    """The speaker's roles as the article prints them."""
    act: Act | None = None
    seen_only_by: Sequence[str] | None = None
    """The only viewers who may see it; None if everyone may."""
    guess: str | None = None
    statement: int | None = None
    """The statement that it reports (model/statement.py); None: it shares none with others."""
