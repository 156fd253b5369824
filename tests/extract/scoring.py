"""Score extractions against annotated articles, with one score per measure.

Attributions are matched one to one, the best overlap of contents first, if they share at least half
of their words (Jaccard, like MUC's relaxed matching). All other properties are scored for matched
attributions only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from bot.model import Attribution, Extraction, Spans, pieces
from tests.extract.annotations import Annotated, Expected

WORD = re.compile(r"\w+")
EMPTY_WORDS = {
    *("a", "an", "the", "of", "and", "or", "in", "at", "on", "for", "to", "by", "from", "with"),
    *("his", "her", "their", "its"),
}


@dataclass
class Score:
    """The counts of correct, annotated (`asked`) and found answers, and the errors."""

    right: int = 0
    asked: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.asked if self.asked else 1.0

    @property
    def f1(self) -> float:
        both = self.found + self.asked
        return 2 * self.right / both if both else 1.0

    def judge(self, right: bool, words: str) -> None:
        """Count an answer that is both annotated and found."""
        self.right += right
        self.asked += 1
        self.found += 1
        if not right:
            self.wrong.append(words)


MEASURES = (
    "content", "who said what", "speaker", "source kind", "stance", "negation", "chain", "inside",
    "date", "statements", "ranking", "not claims",
)  # fmt: skip


def score(found: Iterable[tuple[Annotated, Extraction]]) -> dict[str, Score]:
    """Score the extractions of annotated articles, by measure.

    For properties that most attributions lack (negation, chain, inside, date), only those count for
    which the annotation or the extraction has a value.
    """
    scores = {name: Score() for name in MEASURES}
    for annotated, extraction in found:
        _score_attributions(annotated, extraction, scores)
        _score_statements(annotated, extraction, scores)
    return scores


def _score_attributions(
    annotated: Annotated, extraction: Extraction, scores: dict[str, Score]
) -> None:
    text = annotated.article.text
    pairs = _matched(text, annotated.attributions, extraction.attributions)
    to = dict(pairs)
    for name in ("content", "who said what"):
        scores[name].asked += len(annotated.attributions)
        scores[name].found += len(extraction.attributions)
    for expected in annotated.attributions:
        found = to.get(expected)
        label = f"{annotated.article.id}: {pieces(text, expected.content)[:60]!r}"
        if found is None:
            scores["content"].wrong.append(f"{label} was not found")
            continue
        scores["content"].right += 1
        same = _same_source(text, expected.source, found.source)
        scores["who said what"].right += same
        if not same:
            printed = pieces(text, found.source)
            scores["who said what"].wrong.append(f"{label} has the source {printed!r}")
        _judge(expected, found, to, scores, label)
    matched = {found.id for _, found in pairs}
    scores["content"].wrong += [
        f"{annotated.article.id}: {pieces(text, a.source)!r} {pieces(text, a.cue)!r} "
        f"{pieces(text, a.content)[:60]!r} is beyond what was asked"
        for a in extraction.attributions
        if a.id not in matched
    ]


def _judge(
    expected: Expected,
    found: Attribution,
    to: dict[Expected, Attribution],
    scores: dict[str, Score],
    label: str,
) -> None:
    """Score all properties of an attribution whose content was found."""
    speaker = _plain(found.speaker)
    right = speaker in map(_plain, expected.speakers)
    scores["speaker"].judge(right, f"{label} has the speaker {found.speaker!r}")
    right = found.source_kind in expected.kinds
    scores["source kind"].judge(right, f"{label} ({found.speaker}) is {found.source_kind}")
    right = found.stance in expected.stances
    scores["stance"].judge(right, f"{label} is {found.stance}, not {expected.stances[0]}")
    if expected.negative or found.negative:
        right = expected.negative == found.negative
        scores["negation"].judge(right, f"{label} has negative {found.negative}")
    if expected.via or found.via:
        right = len(found.via) == len(expected.via) and all(
            _plain(name) in map(_plain, names)
            for name, names in zip(found.via, expected.via, strict=True)
        )
        scores["chain"].judge(right, f"{label} came through {found.via}")
    if expected.inside or found.inside:
        outer = to.get(expected.inside) if expected.inside else None
        right = outer is not None and outer.id == found.inside
        scores["inside"].judge(right, f"{label} lies inside {found.inside}")
    if expected.said_on or found.said_on:
        given = found.said_on, found.said_on_inferred
        right = given == (expected.said_on, expected.inferred)
        scores["date"].judge(right, f"{label} was said on {given[0]}, inferred {given[1]}")


def _score_statements(
    annotated: Annotated, extraction: Extraction, scores: dict[str, Score]
) -> None:
    """Score which statements are found, and whether more checkable ones rank first.

    Weak statements may be found or not.
    """
    text, name = annotated.article.text, annotated.article.id
    given = {
        span: next(
            (s for s in extraction.unattributed if _overlap(text, s.content, (span,)) >= 0.5), None
        )
        for span in (*annotated.statements, *annotated.weak)
    }
    strong = [given[span] for span in annotated.statements]
    weak = [found for span in annotated.weak if (found := given[span])]
    tally = scores["statements"]
    tally.asked += len(strong)
    tally.right += sum(found is not None for found in strong)
    tally.found += len([s for s in extraction.unattributed if s not in weak])
    tally.wrong += [
        f"{name}: {text[slice(*span)][:70]!r} was not found"
        for span in annotated.statements
        if not given[span]
    ]
    known = [s for s in given.values() if s]
    tally.wrong += [
        f"{name}: {pieces(text, s.content)[:70]!r} is beyond what was asked"
        for s in extraction.unattributed
        if s not in known
    ]
    for better, worse in product(filter(None, strong), weak):
        words = (
            f"{name}: {pieces(text, worse.content)!r} ranks before {pieces(text, better.content)!r}"
        )
        scores["ranking"].judge(better.checkable > worse.checkable, words)
    for span in annotated.not_claims:
        claimed = [*extraction.attributions, *extraction.unattributed]
        kept_out = not any(_touches(span, claim.content) for claim in claimed)
        scores["not claims"].judge(kept_out, f"{name}: {text[slice(*span)]!r} is claimed")


def _matched(
    text: str, expected: Iterable[Expected], found: Iterable[Attribution]
) -> list[tuple[Expected, Attribution]]:
    overlaps = sorted(
        (
            (
                -_overlap(text, want.content, have.content),
                not _same_source(text, want.source, have.source),
                n,
                m,
            )
            for (n, want), (m, have) in product(enumerate(expected), enumerate(found))
        )
    )
    wanted, had = list(expected), list(found)
    pairs: dict[int, int] = {}
    for overlap, _, n, m in overlaps:
        if -overlap >= 0.5 and n not in pairs and m not in pairs.values():
            pairs[n] = m
    return [(wanted[n], had[m]) for n, m in pairs.items()]


def _words(text: str, spans: Spans) -> set[int]:
    """Return the positions at which the words in the spans start."""
    return {word.start() for span in spans for word in WORD.finditer(text, *span)}


def _overlap(text: str, one: Spans, other: Spans) -> float:
    first, second = _words(text, one), _words(text, other)
    return len(first & second) / len(first | second) if first | second else 0.0


def _same_source(text: str, one: Spans, other: Spans) -> bool:
    """Tell whether two sources share a content word, or are both empty."""
    if not one or not other:
        return not one and not other
    shared = _words(text, one) & _words(text, other)
    return any(WORD.match(text, at)[0].lower() not in EMPTY_WORDS for at in shared)


def _touches(span: tuple[int, int], content: Spans) -> bool:
    return any(start < span[1] and span[0] < end for start, end in content)


def _plain(name: str | None) -> str:
    """Normalise a name: case, article and the form of apostrophes."""
    lower = (name or "").casefold().replace("’", "'")
    return re.sub(r"^(?:the|a|an)\s+", "", lower)
