"""Score a day's statements and assign each to a section. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from bot.digest.figures import has_figures
from bot.languages.table import news_lines
from bot.model import (
    CurrentClaim,
    DigestKind,
    DigestRow,
    Dispute,
    Hit,
    Reason,
    ReasonKind,
    Row,
)

OUTLET_POINTS, MAX_OUTLETS = 3.0, 5
"""Points for each further outlet that reports a statement, and of how many outlets they count."""
POINTS: Mapping[ReasonKind, float] = {
    "denied": 6,
    "topic": 4,
    "named": 3,
    "described": 1,
    "unnamed": 0,
    "new_voice": 1,
    "figures": 2,
    "headline": 3,
    "lead": 2,
    "quoted": 0.5,
    "partly_quoted": 1,
    "said": 2,
    "checkable": 2,  # times how checkable it is
    "fragment": -3,
    "old": -4,
    "not_said": 0,
    "unsure": 0,
    "within": 0,
}
LEAD_PARAGRAPHS = 3
"""An article's news is in so many first paragraphs."""
OLD_AFTER = timedelta(days=2)
"""A claim made so long before its article is background."""
MIN_WORDS = 8
"""A content with fewer words is a fragment."""

PREFIX_LETTERS = 5
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """What is known of a day's claims from elsewhere.

    `new_voices` are the ids of those whose speaker was never heard before; `topics` has for each
    saved search, in the order in which they are shown, the ids of those that it finds; `changes`
    are rows of claims that were shown earlier. `speaker_keys` says whose name a printed one is, for
    taking turns: whoever is not in it is known by the name alone.
    """

    new_voices: Collection[str] = frozenset()
    speaker_keys: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, Collection[str]] = field(default_factory=dict)
    changes: Sequence[DigestRow] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A row that may be shown, with its first report and what decides its place: its section, what
    it shares with others (speaker, outlet, story, section), and its sort key."""

    first: Hit
    row: DigestRow
    kind: DigestKind
    topic: str | None
    shares: Mapping[str, object]
    order: tuple[object, ...]
    is_weak: bool


def statements(rows: Sequence[Row], known: DayFacts) -> list[Statement]:
    """Make a statement of each row, except those shown beside the row that they deny."""
    row_of = {hit.claim.id: row.hits[0].claim.id for row in rows for hit in row.hits}
    beside: dict[str, dict[str, Dispute]] = {}
    shown_beside: set[str] = set()
    for row in sorted(rows, key=lambda row: row.hits[0].claim.id):
        first = row.hits[0].claim.id
        if first in shown_beside:
            continue
        # A denial of a denial gets its own row, or nobody would see it.
        denials = {row_of[one.hit.claim.id]: one for one in row.disputes if one.is_denial}
        beside[first] = {
            other: one
            for other, one in denials.items()
            if other not in shown_beside and not beside.get(other)
        }
        shown_beside.update(beside[first])
    return [
        _statement(row, tuple(beside[first].values()), known)
        for row in rows
        if (first := row.hits[0].claim.id) not in shown_beside
    ]


def _statement(row: Row, disputes: Sequence[Dispute], known: DayFacts) -> Statement:
    first, *others = row.hits
    claim, article = first.claim, first.article
    ids = {hit.claim.id for hit in row.hits}
    topic = next(
        (topic for topic, found in known.topics.items() if not ids.isdisjoint(found)), None
    )
    is_new = not ids.isdisjoint(known.new_voices)
    why = tuple(_reasons(row, disputes, topic, is_new=is_new))
    # A quotation inside another claim is shown there already.
    is_weak = claim.negative or claim.unsure or bool(claim.inside)
    kind = _kind(why, is_weak=is_weak, has_cue=bool(claim.cue))
    return Statement(
        first=first,
        row=DigestRow(
            claim_id=claim.id,
            current=CurrentClaim(hit=first),
            others=tuple(others),
            disputes=tuple(disputes),
            why=why,
        ),
        kind=kind,
        topic=topic if kind == "topic" else None,
        shares=dict(_shares(first, kind, topic, known.speaker_keys)),
        order=(
            *(is_weak, -sum(reason.points for reason in why)),
            *(-(article.published_on or date.min).toordinal(), article.id, claim.spans, claim.id),
        ),
        is_weak=is_weak,
    )


def _reasons(
    row: Row, disputes: Sequence[Dispute], topic: str | None, *, is_new: bool
) -> Iterator[Reason]:
    first = row.hits[0]
    claim = first.claim
    if len(row.hits) > 1 and (outlets := _outlets(row.hits)) > 1:
        yield Reason("outlets", OUTLET_POINTS * (min(outlets, MAX_OUTLETS) - 1), outlets)
    if disputes:
        denial = disputes[0].hit.claim
        yield _reason("denied", denial.speaker or denial.source)
    if topic is not None:
        yield _reason("topic", topic)
    if is_new:
        yield _reason("new_voice", claim.known_as or claim.speaker)
    if has_figures(claim.text):
        yield _reason("figures")
    if matches_title(first.article.title, f"{claim.speaker or ''} {claim.text}"):
        yield _reason("headline")
    if claim.paragraph and claim.paragraph <= LEAD_PARAGRAPHS:
        yield _reason("lead")
    if _is_old(first):
        yield _reason("old")
    yield from _sources(row)
    if claim.checkable is not None:
        yield Reason("checkable", POINTS["checkable"] * claim.checkable)
    if _is_saying_verb(claim.cue or ""):
        yield _reason("said")
    if len(claim.text.split(None, MIN_WORDS)) < MIN_WORDS or news_lines.INCOMPLETE_START.match(
        claim.text
    ):
        yield _reason("fragment")
    if claim.negative:
        yield _reason("not_said")
    elif claim.unsure:
        yield _reason("unsure")
    if claim.inside:
        yield _reason("within")


def matches_title(title: str | None, said: str) -> bool:
    """Whether a text shares the beginnings of two longer words with a title ("close", "closed")."""
    words = f" {said}".lower()
    return sum(beginning in words for beginning in _prefixes(title or "")) > 1


@lru_cache(maxsize=10_000)
def _prefixes(title: str) -> frozenset[str]:
    # With a leading blank, substring search finds word beginnings ten times as fast as splitting.
    return frozenset(f" {word[:PREFIX_LETTERS]}" for word in _LONG_WORD.findall(title.lower()))


def _is_old(hit: Hit) -> bool:
    """Whether a claim was made days before its article."""
    said, printed = hit.claim.said_on, hit.article.published_on
    return bool(said and printed and said <= printed - OLD_AFTER)


@lru_cache(maxsize=1000)
def _is_saying_verb(cue: str) -> bool:
    return news_lines.SPEECH_CUE.search(cue) is not None


def _sources(row: Row) -> Iterator[Reason]:
    """Yield how well the source is named in any report, and whether it is quoted."""
    claim, kinds = row.hits[0].claim, {hit.claim.source_kind for hit in row.hits}
    for kind in ("named", "described", "unnamed"):
        if kind in kinds:
            yield _reason(kind)
            break
    if claim.type in ("direct", "mixed"):
        yield _reason("quoted" if claim.type == "direct" else "partly_quoted")


@lru_cache(maxsize=1000)
def _reason(kind: ReasonKind, value: str | int | None = None) -> Reason:
    return Reason(kind, POINTS[kind], value)


def _outlets(hits: Iterable[Hit]) -> int:
    """Count the outlets that report a statement; an article and its copies count once."""
    by_story: dict[str, str | None] = {}
    for hit in hits:
        by_story.setdefault(hit.article.family, hit.article.outlet)
    return len(set(by_story.values()) - {None})


def _kind(why: Iterable[Reason], *, is_weak: bool, has_cue: bool) -> DigestKind:
    kinds = {reason.kind for reason in why}
    # First, since only this section shows both sides.
    if "denied" in kinds:
        return "disputed"
    if "topic" in kinds:
        return "topic"
    if "outlets" in kinds:
        return "most_reported"
    if is_weak:
        return "more"
    if "new_voice" in kinds:
        return "new_voices"
    # "Few people would have thought" has no source.
    if "unnamed" in kinds and ("said" in kinds or not has_cue):
        return "unnamed"
    return "numbers" if "figures" in kinds else "more"


def _shares(
    first: Hit, kind: DigestKind, topic: str | None, persons: Mapping[str, str]
) -> Iterator[tuple[str, object]]:
    """Yield the values that a statement shares with others and takes turns by."""
    claim, article = first.claim, first.article
    if (who := claim.known_as or claim.speaker) and claim.source_kind in ("named", "described"):
        yield "speaker", persons.get(who, who).casefold()
    if article.outlet:
        yield "outlet", article.outlet
    yield "story", article.family
    if kind != "more":
        yield "section", (kind, topic)
