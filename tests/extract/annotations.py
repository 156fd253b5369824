"""Annotated articles: annotated/NAME.yml and NAME.txt.

An annotation contains words of the article instead of offsets, so that people can write it:

    published: 2025-03-12           # optional
    attributions:                   # in the order of their contents
      - source: Mayor Tomas Rehn    # optional
        cue: said
        content: the town ... choice      # first ... last words; or a list of pieces
        speaker: Tomas Rehn         # or a list of correct answers, also for kind and stance
        kind: named
        stance: said                # default
        negative: true              # default: false
        via: [The Herald]           # each a name or a list of correct names
        date: 2025-03-11
        inferred: true
        holds: [ … ]                # attributions inside this content
    statements: [ … ]               # assertions in the article's own voice
    weak: [ … ]                     # assertions that are hard to check: must rank below
    not_claims: [ … ]               # headings, furniture, opinions: must not be found

A content is searched after the start of the previous content. A cue is the occurrence nearest to
its content, and a source the one nearest to its cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.config import shipped_folder
from bot.model import Article, Span, Spans

ANNOTATED = Path(__file__).with_name("annotated")


@dataclass(frozen=True)
class Expected:
    """An annotated attribution. Of several speakers, kinds or stances, any is correct."""

    source: Spans
    cue: Spans
    content: Spans
    speakers: tuple[str | None, ...]
    kinds: tuple[str, ...]
    stances: tuple[str, ...]
    negative: bool
    via: tuple[tuple[str, ...], ...]
    said_on: date | None
    inferred: bool
    inside: Expected | None


@dataclass(frozen=True)
class Annotated:
    """An article and everything that should be found in it."""

    article: Article
    attributions: tuple[Expected, ...]
    statements: Spans
    weak: Spans
    not_claims: Spans


def annotated_articles() -> list[Annotated]:
    """Read all annotated articles; the seed article's text is in seeds/."""
    return [_read(path) for path in sorted(ANNOTATED.glob("*.yml"))]


def _read(path: Path) -> Annotated:
    text_path = path.with_suffix(".txt")
    if not text_path.exists():
        text_path = shipped_folder("seeds") / text_path.name
    text = text_path.read_text(encoding="utf-8")
    notes = yaml.safe_load(path.read_text(encoding="utf-8"))
    article = Article(
        origin=path.name, id=path.stem, text=text, published_on=notes.get("published")
    )
    try:
        return Annotated(
            article=article,
            attributions=tuple(_attributions(text, notes["attributions"], (0, len(text)), None)),
            **{
                kind: tuple(_find(text, words) for words in notes.get(kind, ()))
                for kind in ("statements", "weak", "not_claims")
            },
        )
    except (LookupError, TypeError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _attributions(
    text: str, notes: Sequence[Mapping[str, Any]], within: Span, outer: Expected | None
) -> Iterator[Expected]:
    start, end = within
    for note in notes:
        content = []
        at = start
        for words in _several(note["content"]):
            content.append(_find(text, words, (at, end)))
            at = content[-1][1]
        start = content[0][0]
        cue = _nearest(text, note["cue"], content, content, within)
        source = (
            _nearest(text, note["source"], [cue], content, within) if "source" in note else None
        )
        found = Expected(
            source=(source,) if source else (),
            cue=(cue,),
            content=tuple(content),
            speakers=tuple(_several(note.get("speaker"))),
            kinds=tuple(_several(note["kind"])),
            stances=tuple(_several(note.get("stance", "said"))),
            negative=note.get("negative", False),
            via=tuple(tuple(_several(name)) for name in note.get("via", ())),
            said_on=note.get("date"),
            inferred=note.get("inferred", False),
            inside=outer,
        )
        yield found
        inside = content[0][0], content[-1][1]
        yield from _attributions(text, note.get("holds", ()), inside, found)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _pattern(words: str) -> re.Pattern[str]:
    """Return a pattern for words; " ... " matches any text between them."""
    first, cut, last = words.partition(" ... ")
    between = rf"[\s\S]*?{re.escape(last)}" if cut else ""
    return re.compile(rf"(?<!\w){re.escape(first)}{between}(?!\w)")


def _find(text: str, words: str, within: Span | None = None) -> Span:
    found = _pattern(words).search(text, *(within or (0, len(text))))
    if not found:
        raise LookupError(f"there is no {words!r} where it should be")
    return found.span()


def _nearest(
    text: str, words: str, to: Sequence[Span], outside: Sequence[Span], within: Span
) -> Span:
    found = [
        match.span()
        for match in _pattern(words).finditer(text, *within)
        if not any(start < match.end() and match.start() < end for start, end in outside)
    ]
    if not found:
        raise LookupError(f"there is no {words!r} beside its content")
    return min(found, key=lambda span: min(_gap(span, other) for other in to))


def _gap(one: Span, other: Span) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)
