"""What is found in an article: attributions, unattributed sentences, and their claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from bot.model.spans import Spans

ClaimKind = Literal["attribution", "statement", "passage"]
"""As it is stored, typed (`type:statement`) and written as JSON."""
UNATTRIBUTED: Final = "statement"
FOREIGN_PARAGRAPH: Final = "passage"
"""A paragraph in a language that the extractor does not know: searchable text, not analysed."""


AttributionType = Literal["direct", "indirect", "mixed"]


SourceKind = Literal["named", "described", "unnamed", "none"]


Stance = Literal["said", "claimed", "denied", "confirmed", "warned", "believes", "ordered", "asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content: who said what, with which word.

    `speaker` is the best guess at the person or body behind `source` (None: nobody is given);
    `via` names who stands between the speaker and the article, nearest to the speaker first;
    `inside` is the id of the attribution whose content holds this one. `negative` marks what was
    not said ("declined to comment"). `said_on` is the day on which it was said, where the text
    gives one; `said_on_inferred` says that its year is a guess.
    `unsure` says that the source is a guess: it is shown as the nearest in the text, not as who
    said it. `confidence` is the probability that content and source are right.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    type: AttributionType
    speaker: str | None
    source_kind: SourceKind
    stance: Stance = "said"
    negative: bool = False
    via: tuple[str, ...] = ()
    inside: str | None = None
    said_on: date | None = None
    said_on_inferred: bool = False
    unsure: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattributed:
    """A sentence in the article's own voice; `near` is the id of the nearest attribution of the
    same passage, which is context and never the source. `checkable` says how well it can be
    checked, from 0 to 1."""

    content: Spans
    near: str | None = None
    checkable: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was found in one article, in reading order.

    `paragraphs` are all of the article's, headings and furniture included.
    """

    attributions: tuple[Attribution, ...] = ()
    unattributed: tuple[Unattributed, ...] = ()
    paragraphs: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyAttribution:
    """The attribution nearest to an unattributed sentence, or to which "this" points: `speaker`
    said `text`.

    `report` is the outlet in whose report both seem to stand. Context only, never the source.
    """

    speaker: str
    text: str
    report: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An attribution or an unattributed sentence, filed for search.

    `text` is the content as printed, pieces joined by " … "; `source` and `cue` are as printed, and
    stand at `source_spans` and `cue_spans`, where that is known. `outer_cue` is the cue of the
    claim that this one is `inside`, where that one denies, asks or believes it, and does not vouch
    for it.
    A claim that was made elsewhere and imported has no `spans`, and may carry its maker's own
    reference in `ref`. `paragraph` counts from 1. `type` is None for unattributed sentences,
    and for imported attributions whose type is not known. `known_as` is the name that stands for
    the speaker in all articles, where this one prints less of it. `confidence` is that of an
    attribution, `checkable` how well an unattributed sentence can be checked. `corrected` says
    that people have mended what was found, here or in another claim whose new name or words stand
    here. `printed` is a hash of the sentences that print it, None where it is not known.
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
    source: str | None = None
    cue: str | None = None
    source_kind: SourceKind = "none"
    stance: Stance | None = None
    negative: bool = False
    via: tuple[str, ...] = ()
    inside: str | None = None
    near: NearbyAttribution | None = None
    said_on: date | None = None
    said_on_inferred: bool = False
    unsure: bool = False
    confidence: float = 1.0
    checkable: float | None = None
    corrected: bool = False
    known_as: str | None = None
    source_spans: Spans = ()
    cue_spans: Spans = ()
    outer_cue: str | None = None
    printed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The printed sentences in which a claim stands.

    `spans` are whole sentences of the article's text, in order; `text` is what they print, with
    " […] " between two that do not follow on each other. `source`, `cue` and `content` are spans of
    `text`; the cue has the words with it that negate it ("did not dispute"). `via` are those of
    whoever passed it on, where they stand in a sentence before. `introduction` is the name of its
    speaker with what the article says of them, wherever it says it: "Sun Yun, the director".
    """

    spans: Spans
    text: str
    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    via: Spans = ()
    introduction: str | None = None


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
