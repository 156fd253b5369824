"""Score extractions of the articles in news/: news that the rules were not written for.

Their authors had not seen the rules. Each article NN.txt has its annotation in NN.json: a list
of attributions with content, cue and source as spans of code points, the source's form (name,
pronoun, description, none or unnamed), the speaker's full name (null if the article never gives
it), the act, and the index of the attribution that it is nested in. open/ is there to find causes
of errors; frozen/ is scored only before a release, and never read.

Contents are matched one to one, the best overlap first, if they share at least half of their words
(Jaccard).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from bot.model import Article, Attribution, Extraction, Spans

NEWS = Path(__file__).with_name("news")
FORMS = ("name", "pronoun", "none", "description")
SURE = 0.9
"""The speaker confidence from which a wrong name counts as somebody else's words."""
WORD = re.compile(r"\w+")
TITLES = frozenset(
    ("the", "a", "an", "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "cllr")
)


@dataclass(frozen=True, eq=False)
class Expected:
    """An annotated attribution."""

    content: Spans
    form: str
    speaker: str | None
    act: str
    is_paragraph: bool
    """The content is a whole paragraph in quotation marks, with neither cue nor source."""
    follows_quotation: bool
    """The paragraph before holds a quotation mark."""


class Rate(NamedTuple):
    """How many answers are right, of how many."""

    right: int
    asked: int

    @property
    def share(self) -> float:
        return self.right / self.asked if self.asked else 1.0


def news(part: str) -> list[tuple[Article, list[Expected]]]:
    """Read the annotated articles of a part: open or frozen."""
    return [_read(path) for path in sorted((NEWS / part).glob("*.txt"))]


def news_scores(found: Iterable[tuple[Article, list[Expected], Extraction]]) -> dict[str, Rate]:
    """Return the rate of each measure over all articles.

    "speech P" is the share of what was found as speech that is annotated as speech; "… R" the
    share of the annotated that was found with its act; "full name, …" the share of the found
    speech, by the form of its source, whose speaker is right; "paragraph after …" the share of
    paragraphs that are only a quotation which were found with the right speaker. "somebody else"
    is the share of named speakers, of at least SURE confidence, who are another person: here, low
    is good.
    """
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for article, expected, extraction in found:
        for name, is_right in _judged(article.text, expected, extraction.attributions):
            asked[name] += 1
            right[name] += is_right
    return {name: Rate(right[name], asked[name]) for name in sorted(asked)}


def _read(path: Path) -> tuple[Article, list[Expected]]:
    text = path.read_text(encoding="utf-8")
    annotated = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    article = Article(origin=path.name, id=path.stem, text=text)
    return article, [_expected(text, one) for one in annotated["attributions"]]


def _expected(text: str, annotated: dict[str, Any]) -> Expected:
    content = tuple((start, end) for start, end in annotated["content"])
    before, _, opening = text[: content[0][0]].rpartition("\n\n")
    closing = text[content[-1][1] :].partition("\n")[0]
    is_bare = annotated["form"] == "none" and not annotated["cue"]
    return Expected(
        content=content,
        form=annotated["form"],
        speaker=annotated["speaker"],
        act=annotated["act"],
        is_paragraph=is_bare and not WORD.search(opening) and not WORD.search(closing),
        follows_quotation=bool(re.search('[“"‘]', before.rpartition("\n\n")[2])),
    )


def _judged(
    text: str, expected: list[Expected], found: Iterable[Attribution]
) -> Iterator[tuple[str, bool]]:
    """Yield the measure of each answer, and whether it is right."""
    attributions = list(found)
    matches = _matches(text, expected, attributions)
    acts = {id(attribution): one.act for one, attribution in matches.items()}
    for attribution in attributions:
        if attribution.act == "speech":
            yield "speech P", acts.get(id(attribution)) == "speech"
    for one in expected:
        match = matches.get(one)
        yield f"{one.act} R", match is not None and match.act == one.act
        if one.act == "speech" and one.speaker:
            if one.is_paragraph:
                is_right = match is not None and _same(match.speaker, one.speaker)
                yield f"paragraph after {_paragraph_before(one)}", is_right
            if match is not None:
                yield from _judged_speaker(one, match)


def _judged_speaker(expected: Expected, found: Attribution) -> Iterator[tuple[str, bool]]:
    if expected.form in FORMS:
        yield f"full name, {expected.form}", _same(found.speaker, expected.speaker)
    if found.speaker and found.source_kind == "named" and found.speaker_confidence >= SURE:
        yield "somebody else", not _share_a_name(found.speaker, expected.speaker)


def _paragraph_before(expected: Expected) -> str:
    return "a quotation" if expected.follows_quotation else "reported speech"


def _matches(
    text: str, expected: list[Expected], found: list[Attribution]
) -> dict[Expected, Attribution]:
    overlaps = sorted(
        (-_overlap(text, one.content, other.content), n, m)
        for (n, one), (m, other) in product(enumerate(expected), enumerate(found))
    )
    pairs: dict[int, int] = {}
    for overlap, n, m in overlaps:
        if -overlap >= 0.5 and n not in pairs and m not in pairs.values():
            pairs[n] = m
    return {expected[n]: found[m] for n, m in pairs.items()}


def _overlap(text: str, one: Spans, other: Spans) -> float:
    first, second = _word_starts(text, one), _word_starts(text, other)
    return len(first & second) / len(first | second) if first | second else 0.0


def _word_starts(text: str, spans: Spans) -> set[int]:
    return {word.start() for start, end in spans for word in WORD.finditer(text, start, end)}


def _same(name: str | None, expected: str | None) -> bool:
    """Tell whether two names are one: case, accents, articles and short titles don't count."""
    return bool(name) and _words_of(name) == _words_of(expected)


def _share_a_name(name: str, expected: str | None) -> bool:
    return bool(set(_words_of(name)) & set(_words_of(expected)))


def _words_of(name: str | None) -> list[str]:
    plain = unicodedata.normalize("NFKD", (name or "").replace("’", "'"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = WORD.findall(re.sub(r"'s\b", "", letters.casefold()))
    return [word for word in words if word not in TITLES]
