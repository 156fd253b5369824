"""Read files, and bytes that were fetched, into Documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.articles.identity import STANDARD_INPUT
from bot.config import KnownName
from bot.errors import IngestError
from bot.ingest import files, parser
from bot.ingest.documents import document, one_line, origin_of
from bot.ingest.fetch import addresses
from bot.ingest.formats import jsonlines
from bot.ingest.formats import table as formats
from bot.ingest.formats.text import recoded
from bot.ingest.metadata import Metadata
from bot.ingest.overrides import NO_OVERRIDES, Overrides, with_stated
from bot.ingest.parsed_file import Begun, ParsedArticle
from bot.ingest.parser import Opened
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox import process
from bot.ingest.sandbox.time_budget import TimeBudget
from bot.model import Article, Document

SECONDS = 30.0
"""How long reading one article may take where no setting says otherwise."""

_PARSERS = 200_000_000
_TIMES = 10
"""Bytes of memory that a reader may take: for itself (parsers reserve half of it without using it),
and for each byte of the largest article."""

_RESULTS = 20
_BYTES = 500_000
"""A whole file may take the time that so many articles may, and one more for each so many bytes of
it: a thousand PDFs in a ZIP take a second each, and a file of nothing but what is slow ends."""

MOST_FAILED = 10
"""Files within one on which a reader may fail before what comes after them is given up: each may
have taken all of its time."""

_Found = Document | Refusal | Begun


def read(
    path: Path,
    *,
    max_bytes: int,
    seconds: float = SECONDS,
    outlets: Sequence[KnownName] = (),
    overrides: Overrides = NO_OVERRIDES,
) -> Iterator[Document | IngestError]:
    """Read all articles of a file, and the `.yml` beside it where it holds one.

    Yields an IngestError for each part that can't be read or is no story; nothing is raised. The
    text of a `.txt` or `.md` is kept to the character, line ends included; only a byte order mark
    at its start is left out. A saved page or feed is not believed to be one of `outlets`: only the
    `.yml` beside it says that. `origin` is the path as given, with "#" and the place of each
    article that does not fill the file.
    """
    origin = files.printable(str(path))
    found = _of_file(path, origin, max_bytes, seconds, outlets, overrides.encoding)
    yield from _told(origin, _stating(found, overrides))


def read_input(
    raw: bytes,
    *,
    max_bytes: int,
    seconds: float = SECONDS,
    outlets: Sequence[KnownName] = (),
    overrides: Overrides = NO_OVERRIDES,
) -> Iterator[Document | IngestError]:
    """Read all articles of what was piped in: text, where the bytes don't show that it is something
    else. Yields as `read` does."""
    found = _of_input(raw, max_bytes, seconds, outlets, overrides.encoding)
    yield from _told(STANDARD_INPUT, _stating(found, overrides))


def read_bytes(
    raw: bytes,
    *,
    origin: str,
    max_bytes: int,
    hint: str = "",
    defaults: Metadata = {},  # noqa: B006  never changed
    seconds: float = SECONDS,
) -> Iterator[Document | IngestError]:
    """Read all articles of bytes that came from `origin`, an address.

    `hint` is a file's name or a media type; it decides only where the bytes do not. `defaults`
    holds what is known of an article that does not say it. Yields as `read` does.
    """
    opened = Opened(raw, hint, origin, max_bytes, defaults)
    yield from _told(origin, _of_bytes(opened, seconds))


def add_head_metadata(article: Article) -> Article:
    """An article with what its text prints above the story, where it is from a plain file and
    nothing else says it."""
    likely = formats.named(article.origin)
    head = likely[0].read_head(article.text) if likely else {}
    if not head:
        return article
    printed = document(ParsedArticle(article.text, head), article.origin)
    names = [name for name in ("title", "byline") if getattr(article, name) is None]
    if article.published is None:
        names += ["published", "published_on", "published_at"]
    return replace(article, **{name: getattr(printed, name) for name in names})


def memory_for(max_bytes: int) -> int:
    """Bytes of memory that reading a file of so many bytes may take."""
    return _PARSERS + _TIMES * max_bytes


def to_documents(
    parts: Iterable[ParsedArticle | Refusal], *, origin: str
) -> Iterator[Document | IngestError]:
    """Check and clean articles that a reader gave. Yields as `read` does."""
    yield from _told(origin, parser.checked(iter(parts), origin))


def _stating(found: Iterator[_Found], overrides: Overrides) -> Iterator[_Found]:
    try:
        yield from with_stated((one for one in found if not isinstance(one, Begun)), overrides)
    except Refusal as refusal:
        yield refusal


def _of_input(
    raw: bytes, max_bytes: int, seconds: float, outlets: Sequence[KnownName], encoding: str
) -> Iterator[_Found]:
    if len(raw) > max_bytes:
        raise parser.too_large(max_bytes)
    whole = recoded(raw, encoding) if encoding else raw
    opened = Opened(whole, STANDARD_INPUT, STANDARD_INPUT, max_bytes, {}, None, outlets)
    yield from _of_bytes(opened, seconds)


def _of_file(
    path: Path,
    origin: str,
    max_bytes: int,
    seconds: float,
    outlets: Sequence[KnownName],
    encoding: str,
) -> Iterator[_Found]:
    name = files.printable(path.name)
    try:
        files.check_regular(path)
        formats.check_name(name)
        if encoding:
            formats.check_encoded(name)
        if formats.named(name)[0].is_lines:
            yield from _of_lines(path, origin, max_bytes)
            return
        raw = files.contents(path, max_bytes)
        raw = recoded(raw, encoding) if encoding else raw
        beside = files.beside(path, max_bytes)
    except Refusal as refusal:
        yield refusal
        return
    opened = Opened(raw, name, origin, max_bytes, {}, beside, outlets)
    yield from _of_bytes(opened, seconds)


def _of_lines(path: Path, origin: str, max_bytes: int) -> Iterator[_Found]:
    if files.beside(path, max_bytes) is not None:
        raise Refusal(
            "there is a .yml beside it, but it has one article per line",
            "Remove the .yml, and put what it says into each line",
        )
    is_empty = True
    with files.opened(path) as file:
        for one in parser.checked(jsonlines.read_file(file, max_bytes=max_bytes), origin):
            is_empty = False
            yield one
    if is_empty:
        raise parser.no_article()


def _of_bytes(opened: Opened, seconds: float) -> Iterator[_Found]:
    likely = formats.named(opened.name)
    if likely and likely[0].is_text:
        yield from parser.read(opened)
    else:
        yield from _apart(opened, seconds)


def _apart(opened: Opened, seconds: float) -> Iterator[Document | Refusal]:
    """Read in a process apart. After a file within on which the reader failed it goes on."""
    memory = memory_for(opened.max_bytes)
    budget = TimeBudget(seconds, seconds * (_RESULTS + len(opened.raw) // _BYTES))
    for _ in range(MOST_FAILED):
        failed = begun = None
        found = process.results(parser.unchecked, opened, budget=budget, memory=memory)
        # Here, since whoever reads there may be in a hostile file's hands.
        for one in parser.checked(found, opened.origin):
            if isinstance(one, Begun):
                begun = one
            elif isinstance(one, process.Failed):
                failed = one
            else:
                yield one
        if failed is None:
            return
        if begun is None:
            yield failed
            return
        yield Refusal(failed.cause, failed.remedy, place=begun.place)
        opened = opened._replace(after=begun.path)
    yield Refusal(
        f"reading failed for {MOST_FAILED} files in it, so reading stopped there",
        "Leave them out, or unpack it to a folder",
    )


def _told(origin: str, found: Iterable[_Found]) -> Iterator[Document | IngestError]:
    """The articles, and each refusal as the error that people see."""
    for one in found:
        if isinstance(one, Begun):
            continue
        if isinstance(one, Document):
            yield one
            continue
        place = one_line(one.place)
        yield IngestError(
            "cannot read the article",
            subject=origin_of(_shown(origin), place),
            cause=one.cause,
            remedy=one.remedy,
            where=place,
            is_no_story=one.is_skipped,
        )


def _shown(origin: str) -> str:
    """A file's path, or an address without what may be secret in it."""
    return addresses.for_display(origin) if origin.startswith(("http://", "https://")) else origin
