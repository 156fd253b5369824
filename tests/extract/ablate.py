"""Switch off each rule of extraction in turn, and measure what it gives: `make ablate`.

A rule is a function of extract/ that others call, or a word list or pattern of a language. A
function that is switched off finds nothing: False, None, an empty list, or the draft as it was.
All names count, however unsure. Scored on the articles of news/; PARTS=… names its parts. Prints a
row for each rule, for docs/trust/model-card.md: its lines; speech F1, and right and wrong names,
that it adds, with the middle 80 % of 1,000 resamples of the articles; and the right answers less
the wrong ones (speech and names) that 100 lines of it give.
"""

from __future__ import annotations

import ast
import functools
import gc
import inspect
import os
import random
import re
import sys
import typing
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch

from bot.extract.extractor import Extractor
from bot.extract.speakers.speaker_confidence import Certainty
from bot.extract.tagger.tagger import Tagger
from bot.languages import table
from bot.model import Article, Attribution
from tests.extract import news_scores
from tests.extract.news_scores import Expected

PARTS = os.environ.get("PARTS", "blind open frozen new").split()
LISTS = ("extraction", "lexicon")
SAMPLES = 1_000
NOTHING = re.compile("(?!)")
EMPTY = ("list", "tuple", "Spans", "Iterator", "Iterable", "Sequence", "frozenset", "set", "dict")


class Counts(NamedTuple):
    """The answers in one article."""

    speech_right: int = 0
    speech_found: int = 0
    speech_expected: int = 0
    names_right: int = 0
    names_wrong: int = 0

    @property
    def gain(self) -> int:
        """Right answers less wrong ones."""
        speech = 2 * self.speech_right - self.speech_found
        return speech + self.names_right - self.names_wrong


class Rule(NamedTuple):
    """What can be switched off: its name, its lines, and each place that holds it."""

    name: str
    lines: int
    holders: list[tuple[ModuleType, str]]
    off: Any


def main() -> None:
    """Print the table, the rules with the least gain first."""
    parts = [part for part in PARTS if (news_scores.NEWS / part).is_dir()]
    articles = [one for part in parts for one in news_scores.news(part)]
    extractor = Extractor(threads=1, certainty=Certainty(sure_from=0))
    remember_tagger(extractor._tagger)
    full = scores(extractor, articles)
    print(f"{len(articles)} articles; speech F1 {100 * f1(full):.1f}, names {names(full)}")
    only = re.compile(sys.argv[1] if sys.argv[1:] else "")
    for rule in rules():
        if only.search(rule.name):
            print(row(rule, full, without(rule, extractor, articles)), flush=True)


def row(rule: Rule, full: Sequence[Counts], less: Sequence[Counts]) -> str:
    """Format one row of the table."""
    gain = sum(one.gain for one in full) - sum(one.gain for one in less)
    low, high = interval(full, less, lambda some: 100 * f1(some))
    low_names, high_names = interval(
        full, less, lambda some: sum(one.names_right - one.names_wrong for one in some)
    )
    return (
        f"| {rule.name} | {rule.lines} | {100 * (f1(full) - f1(less)):+.2f} ({low:+.2f} to"
        f" {high:+.2f}) | {names(less)} | {low_names:+.0f} to {high_names:+.0f}"
        f" | {100 * gain / rule.lines:+.0f} |"
    )


def names(counts: Sequence[Counts]) -> str:
    """Format the right and wrong names."""
    right, wrong = (sum(one[n] for one in counts) for n in (3, 4))
    return f"{right} / {wrong}"


def f1(counts: Sequence[Counts]) -> float:
    """Return the F1 of speech over articles."""
    right, found, expected = (sum(one[n] for one in counts) for n in range(3))
    return 2 * right / (found + expected) if found + expected else 1.0


def interval(
    full: Sequence[Counts], less: Sequence[Counts], measure: Callable[[Sequence[Counts]], float]
) -> tuple[float, float]:
    """Return the middle 80 % of what a measure loses, over resampled articles."""
    chance = random.Random(1)
    numbers = range(len(full))
    lost = []
    for _ in range(SAMPLES):
        sample = chance.choices(numbers, k=len(full))
        lost.append(measure([full[n] for n in sample]) - measure([less[n] for n in sample]))
    lost.sort()
    return lost[SAMPLES // 10], lost[-SAMPLES // 10]


def scores(
    extractor: Extractor, articles: Sequence[tuple[Article, list[Expected]]]
) -> list[Counts]:
    """Count the answers in each article."""
    for cached in gc.get_objects():
        if isinstance(cached, functools._lru_cache_wrapper):
            cached.cache_clear()
    return [
        _counts(article.text, expected, extractor.extract(article).attributions)
        for article, expected in articles
    ]


def _counts(text: str, expected: list[Expected], found: Sequence[Attribution]) -> Counts:
    matches = news_scores._matches(text, expected, list(found))
    named = [
        (match.speaker, one.speaker)
        for one, match in matches.items()
        if match.act != "event" and match.source_kind == "named" and match.speaker
    ]
    right = sum(news_scores._share_a_name(name, speaker) for name, speaker in named)
    return Counts(
        sum(one.act == match.act == "speech" for one, match in matches.items()),
        sum(one.act == "speech" for one in found),
        sum(one.act == "speech" for one in expected),
        right,
        len(named) - right,
    )


def remember_tagger(tagger: Tagger) -> None:
    """Let the network read each text only once."""
    tag, read_states = tagger.tag, tagger.read_states
    tagged: dict[str, Any] = {}
    states: dict[Any, Any] = {}

    def tag_once(paragraphs: Any, check: Any = lambda: None) -> Iterator[Any]:
        for paragraph in paragraphs:
            if paragraph not in tagged:
                tagged[paragraph] = next(tag([paragraph], check))
            yield tagged[paragraph]

    def read_once(parts: Any, position: int) -> Any:
        key = (*parts, position)
        if key not in states:
            states[key] = read_states(key[:-1], position)
        return states[key]

    vars(tagger).update(tag=tag_once, read_states=read_once)


def without(rule: Rule, extractor: Extractor, articles: Any) -> list[Counts]:
    """Count the answers while a rule is switched off; what then fails gives none."""
    with ExitStack() as stack:
        for module, name in rule.holders:
            stack.enter_context(patch.object(module, name, rule.off))
        return scores(extractor, articles)


def rules() -> Iterator[Rule]:
    """List what can be switched off."""
    modules = [one for name, one in sorted(sys.modules.items()) if name.startswith("bot.extract.")]
    for module in modules:
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                holders = [
                    (other, key)
                    for other in modules
                    for key, value in vars(other).items()
                    if value is function
                ]
                off = _nothing(function)
                if off is not None and len(holders) > 1:
                    short = module.__name__.removeprefix("bot.extract.")
                    lines = len(inspect.getsource(function).splitlines())
                    yield Rule(f"{short}.{name}", lines, holders, off)
    folder = Path(table.en.__file__).parent
    for path in sorted(one for part in LISTS for one in (folder / part).glob("[a-z]*.py")):
        module = getattr(table, path.stem)
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                value = getattr(module, name)
                if isinstance(value, re.Pattern | frozenset) and not name.startswith("_"):
                    off = NOTHING if isinstance(value, re.Pattern) else frozenset()
                    lines = (node.end_lineno or 0) - node.lineno + 1
                    yield Rule(f"{path.stem}.{name}", lines, [(module, name)], off)


def _nothing(function: Callable[..., Any]) -> Callable[..., Any] | None:
    """Return a function of the same kind that finds nothing; None if there is none."""
    found = str(typing.cast("Any", function).__annotations__.get("return", ""))
    if found == "Draft":
        return lambda text, draft, *others: draft
    if found == "list[Draft]" and list(inspect.signature(function).parameters) == ["text", "draft"]:
        return lambda text, draft: [draft]
    if found == "bool":
        return lambda *given, **named: False
    if found.endswith("| None"):
        return lambda *given, **named: None
    if found.partition("[")[0] in EMPTY and not found.startswith("tuple["):
        return lambda *given, **named: []
    return None


if __name__ == "__main__":
    main()
