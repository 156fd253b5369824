"""Open one file: pick its format, read it, and open the files that it holds in the same way.

All that comes out of one file is bounded together, however deep it lies, so that a small file
that unpacks to a huge one, or to very many, is refused after a bounded amount of work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.articles.outlets import outlet_of
from bot.config import KnownName
from bot.ingest import metadata
from bot.ingest.documents import LONGEST, document
from bot.ingest.formats import archives
from bot.ingest.formats import table as formats
from bot.ingest.formats.table import Format
from bot.ingest.formats.text import decode
from bot.ingest.metadata import Metadata
from bot.ingest.parsed_file import Begun, Enclosed, ParsedArticle
from bot.ingest.refusal import Refusal
from bot.model import Document

UNPACKED = 8
"""How many times the size of the largest article all that a file holds may have together."""
DEEPEST = 4
"""How deep a file may lie in others. A .tar.gz in a .zip is three."""
SHARED = frozenset(("outlet", "language"))
"""What can be said of all articles of one file."""

_Read = ParsedArticle | Refusal | Begun


class Opened(NamedTuple):
    """What is to be read: bytes with their `name` or media type, and where they came from.

    `defaults` holds what is known if the file does not say it; `beside` is what the `.yml` beside
    it says, None where there is none. Of pages and feeds the names of `outlets` are not believed.
    What stands in the file up to the path `after`, that of a Begun, is passed over.
    """

    raw: bytes
    name: str
    origin: str
    max_bytes: int
    defaults: Metadata
    beside: Metadata | None = None
    outlets: Sequence[KnownName] = ()
    after: tuple[int, ...] = ()

    def passes_over(self, path: tuple[int, ...]) -> bool:
        """Whether what has this path in the file is neither read nor opened."""
        holds_the_last = len(path) < len(self.after) and self.after[: len(path)] == path
        return path <= self.after and not holds_the_last


class _TooMuch(Refusal):
    """More came out of a file than may, so no more of it is read."""


@dataclass
class _Left:
    """What may still come out of a file."""

    size: int
    files: int

    def check(self, max_bytes: int) -> None:
        """Raise _TooMuch if more has come out."""
        if self.files < 0:
            refusal = archives.too_many()
            raise _TooMuch(refusal.cause, refusal.remedy)
        if self.size < 0:
            raise _TooMuch(
                f"it unpacks to more than {UNPACKED * max_bytes:,} bytes",
                "Split it, or raise ingest.max_megabytes in bot.yml",
            )


def read(opened: Opened) -> Iterator[Document | Refusal | Begun]:
    """Read all articles of a file. What can't be read is yielded too, nothing is raised.

    Each file within it is told before it is read, unless one `.yml` is about all of them.
    """
    return checked(_read(opened), opened.origin)


def unchecked(opened: Opened) -> Iterator[ParsedArticle | Refusal | Begun]:
    """Read all articles of a file as `read` does, but leave it to others to check them."""
    try:
        yield from _read(opened)
    except Refusal as refusal:
        yield refusal


def checked(parts: Iterator[_Read], origin: str) -> Iterator[Document | Refusal | Begun]:
    """Check and clean what a reader gives, one by one; what it raises is yielded."""
    try:
        for part in parts:
            yield _document(part, origin) if isinstance(part, ParsedArticle) else part
    except Refusal as refusal:
        yield refusal


def _document(part: ParsedArticle, origin: str) -> Document | Refusal:
    try:
        return document(part, origin)
    except Refusal as refusal:
        return refusal


def _read(opened: Opened) -> Iterator[_Read]:
    chosen = formats.pick(opened.raw[: formats.HEAD], opened.name)
    left = _Left(UNPACKED * opened.max_bytes, archives.MOST_FILES)
    parts = _parts(opened, chosen, left)
    if opened.beside is not None:
        parts = _completed(parts, chosen, opened.beside)
    parts = _with_heads(parts, chosen)
    is_empty = not opened.after
    for part in parts:
        is_empty = is_empty and isinstance(part, Begun)
        if isinstance(part, ParsedArticle) and opened.defaults:
            yield part._replace(metadata={**opened.defaults, **part.metadata})
        else:
            yield part
    if is_empty:
        raise no_article()


def _parts(
    opened: Opened, chosen: Format, left: _Left, within: tuple[int, ...] = ()
) -> Iterator[_Read]:
    for number, one in enumerate(chosen.read(opened.raw)):
        path = (*within, number)
        if opened.passes_over(path):
            continue
        if isinstance(one, Enclosed):
            yield from _of_enclosed(one, opened, left, path)
        elif chosen.is_web and isinstance(one, ParsedArticle):
            yield _without_known_outlet(one, opened.outlets)
        else:
            yield one


def _without_known_outlet(part: ParsedArticle, outlets: Sequence[KnownName]) -> ParsedArticle:
    """An article of a page or feed, without the name of a known outlet: where it was saved from
    cannot be told."""
    named = part.metadata.get("outlet")
    if not isinstance(named, str) or len(named) > LONGEST:  # which is no name
        return part
    known = {key: value for key, value in part.metadata.items() if key != "outlet"}
    outlet = outlet_of(named, "", outlets)
    return part._replace(metadata={**known, "outlet": outlet} if outlet else known)


def _of_enclosed(
    one: Enclosed, outer: Opened, left: _Left, path: tuple[int, ...]
) -> Iterator[_Read]:
    """The articles of a file within a file; a mistake in it does not stop the others."""
    name = one.name or _unpacked_name(outer.name)
    yield Begun(path, one.name)
    try:
        for part in _opened(one, name, outer, left, path):
            yield _at(one.name, part)
    except _TooMuch:
        raise
    except Refusal as refusal:
        yield _at(one.name, refusal)


def _unpacked_name(name: str) -> str:
    """What a packed file is called when it is unpacked: a.txt for a.txt.gz, a.tar for a.tgz."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.tar" if dot and suffix.lower().startswith("t") else stem


def _opened(
    one: Enclosed, name: str, outer: Opened, left: _Left, path: tuple[int, ...]
) -> Iterator[_Read]:
    if len(path) > DEEPEST:
        raise Refusal(f"it is more than {DEEPEST} files deep", "Take it out of the files around it")
    if one.name:
        formats.check_name(name)
    raw = _contents(one.read, outer.max_bytes, left)
    chosen = formats.pick(raw[: formats.HEAD], name)
    if len(raw) > outer.max_bytes and not chosen.is_archive:
        raise too_large(outer.max_bytes)
    parts = _parts(outer._replace(raw=raw, name=name), chosen, left, path)
    if one.beside:
        parts = _completed(parts, chosen, _metadata(one.beside, outer.max_bytes, left))
    yield from _with_heads(parts, chosen)


def _contents(read: Callable[[int], bytes], max_bytes: int, left: _Left) -> bytes:
    left.files -= 1
    left.check(max_bytes)
    try:
        raw = read(left.size + 1)
    except archives.Spoilt as spoilt:
        left.size -= spoilt.size
        raise
    left.size -= len(raw)
    left.check(max_bytes)
    return raw


def _metadata(beside: Callable[[int], bytes], max_bytes: int, left: _Left) -> Metadata:
    try:
        return metadata.parse(decode(_contents(beside, max_bytes, left)))
    except _TooMuch:
        raise
    except Refusal as refusal:
        raise Refusal(f"in the .yml beside it, {refusal.cause}", refusal.remedy) from refusal


def _completed(
    parts: Iterator[_Read], chosen: Format, beside: Metadata
) -> Iterator[ParsedArticle | Refusal]:
    """The articles of a file with what the `.yml` beside it says of the one that it is for: the
    one that fills the file, or the only one. Of several, as a feed's, it can say what they share.
    """
    found = [part for part in parts if not isinstance(part, Begun)]
    articles = [part for part in found if isinstance(part, ParsedArticle)]
    chief = [part for part in articles if not part.place] or articles
    # The files in an archive have metadata of their own, which this would go before.
    if len(chief) > 1 and (chosen.is_archive or not beside.keys() <= SHARED):
        raise _too_many_for_one_yml(chosen, len(articles))
    meant = set(map(id, chief))
    for part in found:
        if isinstance(part, ParsedArticle) and id(part) in meant:
            yield part._replace(metadata=_joined(part.metadata, chosen, beside))
        else:
            yield part


def _with_heads(parts: Iterator[_Read], chosen: Format) -> Iterator[_Read]:
    """The articles of a file, with what it prints above them where nothing else says it."""
    for part in parts:
        if isinstance(part, ParsedArticle):
            yield part._replace(metadata={**chosen.read_head(part.text), **part.metadata})
        else:
            yield part


def _too_many_for_one_yml(chosen: Format, articles: int) -> Refusal:
    left = "Remove" if chosen.is_archive else f"Leave only {' and '.join(sorted(SHARED))} in"
    return Refusal(
        f"there is a .yml beside it, but it has {articles:,} articles in it",
        f"{left} the .yml, or save each article in its own file",
    )


def _joined(inside: Metadata, chosen: Format, beside: Metadata) -> Metadata:
    """People wrote front matter and `.yml`, so neither can be preferred. What a page or a wire
    states is corrected by the `.yml`."""
    return metadata.join(inside, beside) if chosen.is_text else {**inside, **beside}


def _at(name: str, one: _Read) -> _Read:
    """The same, with its place in the outer file."""
    place = "#".join(filter(None, (name, one.place)))
    if not isinstance(one, Refusal):
        return one._replace(place=place)
    return Refusal(one.cause, one.remedy, place=place, is_skipped=one.is_skipped)


def no_article() -> Refusal:
    """Why a file with nothing in it is not read."""
    return Refusal("it has no article in it", "Check whether it is the right file")


def too_large(max_bytes: int) -> Refusal:
    """Why a file is not read that is larger than an article may be."""
    return Refusal(
        f"it is larger than {max_bytes:,} bytes",
        "Split it, or raise ingest.max_megabytes in bot.yml",
    )
