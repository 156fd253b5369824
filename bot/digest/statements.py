"""Score a day's statements and assign each to a section. No I/O."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from bot.articles.outlets import one_per_outlet, publisher_of
from bot.digest.figures import has_figures
from bot.languages.lookup import first_word, words_in
from bot.languages.table import LISTS, news_lines
from bot.model import (
    ArticleCard,
    CurrentClaim,
    DigestKind,
    DigestRow,
    Dispute,
    Hit,
    Reason,
    ReasonKind,
    Row,
)

OUTLET_POINTS = 3.0
"""Points for each further outlet that reports a statement."""
MAX_OUTLETS = 5
"""Further outlets give no points."""
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
    "checkable": 2,  # multiplied by the claim's rating
    "fragment": -3,
    "old": -4,
    "not_said": 0,
    "unsure": 0,
    "within": 0,
}
"""Points for each reason to show a statement, or not to."""
LEAD_PARAGRAPHS = 3
"""An article's news is in this many paragraphs at its start."""
OLD_AFTER = timedelta(days=2)
"""A claim made this long before its article is background."""
MIN_WORDS = 8
"""A content with fewer words is a fragment."""

PREFIX_LETTERS = 5
"""Words that have this many first letters in common count as the same."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """Facts about a day's claims that their rows do not contain.

    `new_voices` are the ids of claims whose speakers are quoted for the first time. `topics` maps
    each saved search, in the order of display, to the ids of the claims that it finds. `changes`
    are rows of claims shown earlier. `speaker_keys` maps printed names to speakers, for taking
    turns; other names count as speakers of their own.
    """

    new_voices: Collection[str] = frozenset()
    speaker_keys: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, Collection[str]] = field(default_factory=dict)
    changes: Sequence[DigestRow] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A row that may be shown, with its first report and what decides its place in the digest.

    `kind` and `topic` are its section. `shares` are the values that it may share with others:
    speaker, outlet, story and section. `order` is the sort key. Weak statements (refusals,
    thoughts, unsure speakers, quotations inside other claims) come last.
    """

    first: Hit
    row: DigestRow
    kind: DigestKind
    topic: str | None
    shares: Mapping[str, object]
    order: tuple[object, ...]
    is_weak: bool


def score_statements(rows: Sequence[Row], facts: DayFacts) -> list[Statement]:
    """Make a statement of each row, except those shown in the row that they deny."""
    row_ids = {hit.claim.id: row.hits[0].claim.id for row in rows for hit in row.hits}
    denials_by_row: dict[str, dict[str, Dispute]] = {}
    shown_as_denials: set[str] = set()
    for row in sorted(rows, key=lambda row: row.hits[0].claim.id):
        row_id = row.hits[0].claim.id
        if row_id in shown_as_denials:
            continue
        denials = {
            row_ids.get(dispute.hit.claim.id, dispute.hit.claim.id): dispute
            for dispute in row.hits[0].disputes
            if dispute.is_denial and not dispute.is_same_matter
        }
        # A denial that is denied itself gets its own row, or nobody would see its denial.
        denials_by_row[row_id] = {
            other: dispute
            for other, dispute in denials.items()
            if other not in shown_as_denials and not denials_by_row.get(other)
        }
        shown_as_denials.update(denials_by_row[row_id])
    return [
        _make_statement(row, tuple(denials_by_row[row_id].values()), facts)
        for row in rows
        if (row_id := row.hits[0].claim.id) not in shown_as_denials
    ]


def _make_statement(row: Row, disputes: Sequence[Dispute], facts: DayFacts) -> Statement:
    first, *others = row.hits
    claim, article = first.claim, first.article
    ids = {hit.claim.id for hit in row.hits}
    topic = next(
        (topic for topic, ids_found in facts.topics.items() if not ids.isdisjoint(ids_found)), None
    )
    is_new = not ids.isdisjoint(facts.new_voices)
    reasons = tuple(_reasons(row, disputes, topic, is_new=is_new))
    # A quotation inside another claim is shown there already.
    is_weak = claim.negative or claim.is_unresolved or claim.act == "thought" or bool(claim.inside)
    kind = _choose_section(reasons, is_weak=is_weak, has_cue=bool(claim.cue))
    return Statement(
        first=first,
        row=DigestRow(
            claim_id=claim.id,
            current=CurrentClaim(hit=first),
            others=tuple(others),
            disputes=tuple(disputes),
            reasons=reasons,
        ),
        kind=kind,
        topic=topic if kind == "topic" else None,
        shares=dict(_shared_values(first, kind, topic, facts.speaker_keys)),
        order=(
            *(is_weak, -sum(reason.points for reason in reasons)),
            *(-(article.published_on or date.min).toordinal(), article.id, claim.spans, claim.id),
        ),
        is_weak=is_weak,
    )


def _reasons(
    row: Row, disputes: Sequence[Dispute], topic: str | None, *, is_new: bool
) -> Iterator[Reason]:
    first = row.hits[0]
    claim = first.claim
    if len(row.hits) > 1 and (outlets := _count_outlets(row.hits)) > 1:
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
    yield from _source_reasons(row)
    if claim.checkable is not None:
        yield Reason("checkable", POINTS["checkable"] * claim.checkable)
    if not news_lines.SPEECH_CUES.isdisjoint(words_in(claim.cue or "")):
        yield _reason("said")
    if (
        len(claim.text.split(None, MIN_WORDS)) < MIN_WORDS
        or first_word(claim.text) in LISTS["incomplete_starts"]
        or news_lines.INCOMPLETE_START.match(claim.text)
    ):
        yield _reason("fragment")
    if claim.negative:
        yield _reason("not_said")
    elif claim.is_unresolved:
        yield _reason("unsure")
    if claim.inside:
        yield _reason("within")


def matches_title(title: str | None, text: str) -> bool:
    """Whether a text and a title share the beginnings of two longer words ("close", "closed")."""
    words = f" {text}".lower()
    return sum(prefix in words for prefix in _prefixes(title or "")) > 1


@lru_cache(maxsize=10_000)
def _prefixes(title: str) -> frozenset[str]:
    # With a leading space, substring search finds word beginnings ten times as fast as splitting.
    return frozenset(f" {word[:PREFIX_LETTERS]}" for word in _LONG_WORD.findall(title.lower()))


def _is_old(hit: Hit) -> bool:
    """Whether a claim was made days before its article."""
    said_on, published_on = hit.claim.said_on, hit.article.published_on
    return bool(said_on and published_on and said_on <= published_on - OLD_AFTER)


def _source_reasons(row: Row) -> Iterator[Reason]:
    """Yield reasons for how well any report names the source, and for quotation."""
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


def _count_outlets(hits: Iterable[Hit]) -> int:
    """Count the outlets that report a statement; an article and its copies count as one."""
    by_story: dict[str, ArticleCard] = {}
    for hit in hits:
        by_story.setdefault(hit.article.family_id, hit.article)
    return sum(article.outlet is not None for article in one_per_outlet(by_story.values()))


def _choose_section(reasons: Iterable[Reason], *, is_weak: bool, has_cue: bool) -> DigestKind:
    kinds = {reason.kind for reason in reasons}
    # This comes first because only this section shows both sides.
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
    # A cue that is not a verb of saying ("few people would have thought") has no source.
    if "unnamed" in kinds and ("said" in kinds or not has_cue):
        return "unnamed"
    return "numbers" if "figures" in kinds else "more"


def _shared_values(
    first: Hit, kind: DigestKind, topic: str | None, speaker_keys: Mapping[str, str]
) -> Iterator[tuple[str, object]]:
    """Yield the values by which a statement takes turns with others."""
    claim, article = first.claim, first.article
    if (name := claim.known_as or claim.speaker) and claim.source_kind in ("named", "described"):
        yield "speaker", speaker_keys.get(name, name).casefold()
    if publisher := publisher_of(article):
        yield "outlet", publisher
    yield "story", article.family_id
    if kind != "more":
        yield "section", (kind, topic)
