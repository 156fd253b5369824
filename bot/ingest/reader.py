"""Read files, piped input and fetched bytes into Documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from bot.articles.identity import STANDARD_INPUT
from bot.config import KnownName
from bot.errors import IngestError
from bot.ingest import files, parser
from bot.ingest.documents import join_origin, make_document, to_one_line
from bot.ingest.fetch import addresses
from bot.ingest.formats import jsonlines
from bot.ingest.formats import table as formats
from bot.ingest.formats.text import recode
from bot.ingest.metadata import Metadata
from bot.ingest.overrides import NO_OVERRIDES, Overrides, apply_overrides
from bot.ingest.parsed_file import FileStart, ParsedArticle
from bot.ingest.parser import SourceFile
from bot.ingest.refusal import Refusal, no_article_refusal, too_large_refusal
from bot.ingest.sandbox import process
from bot.model import Article, Document

DEFAULT_TIMEOUT = 30.0
"""Time limit for reading one article, in seconds, if no setting gives another."""

_BASE_MEMORY = 200_000_000
_MEMORY_PER_INPUT_BYTE = 10
"""A reader's memory limit is the base, in bytes, plus this many bytes for each byte of the largest
article. Parsers reserve half of the base without using it."""

_BASE_TIMEOUTS = 20
_BYTES_PER_EXTRA_TIMEOUT = 500_000
"""A file's time limit: 20 article timeouts, plus one per 500 kB. A thousand PDFs in a ZIP, at a
second each, are read to the end, and a file with nothing but slow articles is stopped."""

MAX_FAILED_FILES = 10
"""Reading stops after this many files in an archive made the reader fail, since each may have taken
the full timeout."""

_Item = Document | Refusal | FileStart


def read(
    path: Path,
    *,
    max_bytes: int,
    seconds: float = DEFAULT_TIMEOUT,
    outlets: Sequence[KnownName] = (),
    overrides: Overrides = NO_OVERRIDES,
    anyway: bool = False,
) -> Iterator[Document | IngestError]:
    """Read all articles of a file, with the `.yml` beside it if it is a single article.

    Yields an IngestError for each part that cannot be read or is not an article; nothing is raised.
    The text of a `.txt` or `.md` is kept verbatim, line endings included, except for a byte order
    mark at its start. A file that claims to be from one of `outlets` is not believed; only the
    `.yml` beside it, or an override, can say so. `origin` is the path as given, plus "#" and the
    article's place in a file of several. With `anyway`, what does not look like an article is read
    too.
    """
    origin = files.printable_name(str(path))
    items = parser.catch_refusal(
        _read_file(path, origin, max_bytes, seconds, outlets, overrides.encoding, anyway=anyway)
    )
    yield from _to_results(origin, apply_overrides(items, overrides))


def read_input(
    raw: bytes,
    *,
    max_bytes: int,
    seconds: float = DEFAULT_TIMEOUT,
    outlets: Sequence[KnownName] = (),
    overrides: Overrides = NO_OVERRIDES,
    anyway: bool = False,
) -> Iterator[Document | IngestError]:
    """Read all articles of piped input, which is text unless its bytes show another format.

    Yields as `read` does.
    """
    items = parser.catch_refusal(
        _read_input(raw, max_bytes, seconds, outlets, overrides.encoding, anyway=anyway)
    )
    yield from _to_results(STANDARD_INPUT, apply_overrides(items, overrides))


def read_sent(
    raw: bytes,
    name: str,
    *,
    origin: str,
    max_bytes: int,
    seconds: float = DEFAULT_TIMEOUT,
    outlets: Sequence[KnownName] = (),
    anyway: bool = False,
) -> Iterator[Document | IngestError]:
    """Read all articles of a file that somebody sent with its name. Yields as `read` does."""
    items = parser.catch_refusal(
        _read_sent(raw, name, origin, max_bytes, seconds, outlets, anyway=anyway)
    )
    yield from _to_results(origin, items)


def read_bytes(
    raw: bytes,
    *,
    origin: str,
    max_bytes: int,
    hint: str = "",
    defaults: Metadata = {},  # noqa: B006  never changed
    seconds: float = DEFAULT_TIMEOUT,
    anyway: bool = False,
) -> Iterator[Document | IngestError]:
    """Read all articles of bytes that were fetched from the address `origin`.

    `hint` is a file name or a media type, used only if the bytes do not show the format. `defaults`
    is metadata for articles that do not state their own. Yields as `read` does.
    """
    source = SourceFile(raw, hint, origin, max_bytes, defaults, anyway=anyway)
    yield from _to_results(origin, _read_bytes(source, seconds))


def add_head_metadata(article: Article) -> Article:
    """Fill in the title, byline and date from the lines above the story of a plain file.

    Only fields without a value are filled in.
    """
    candidates = formats.formats_for_name(article.origin)
    head = candidates[0].read_head(article.text) if candidates else {}
    if not head:
        return article
    parsed = make_document(ParsedArticle(article.text, head), article.origin)
    names = [name for name in ("title", "byline") if getattr(article, name) is None]
    if article.published is None:
        names += ["published", "published_on", "published_at"]
    return replace(article, **{name: getattr(parsed, name) for name in names})


def memory_for(max_bytes: int) -> int:
    """Return the memory limit, in bytes, for reading a file of at most `max_bytes`."""
    return _BASE_MEMORY + _MEMORY_PER_INPUT_BYTE * max_bytes


def to_documents(
    items: Iterable[ParsedArticle | Refusal], *, origin: str
) -> Iterator[Document | IngestError]:
    """Check and clean articles that a reader has parsed. Yields as `read` does."""
    yield from _to_results(origin, parser.check_articles(iter(items), origin))


def _read_input(
    raw: bytes,
    max_bytes: int,
    seconds: float,
    outlets: Sequence[KnownName],
    encoding: str,
    *,
    anyway: bool,
) -> Iterator[_Item]:
    if len(raw) > max_bytes:
        raise too_large_refusal(max_bytes)
    raw = recode(raw, encoding) if encoding else raw
    source = SourceFile(
        raw, STANDARD_INPUT, STANDARD_INPUT, max_bytes, {}, None, outlets, anyway=anyway
    )
    yield from _read_bytes(source, seconds)


def _read_sent(
    raw: bytes,
    name: str,
    origin: str,
    max_bytes: int,
    seconds: float,
    outlets: Sequence[KnownName],
    *,
    anyway: bool,
) -> Iterator[_Item]:
    formats.check_name(name)
    if len(raw) > max_bytes:
        raise too_large_refusal(max_bytes)
    if formats.formats_for_name(name)[0].is_lines:
        yield from _parse_lines(BytesIO(raw), origin, max_bytes, outlets)
        return
    source = SourceFile(raw, name, origin, max_bytes, {}, None, outlets, anyway=anyway)
    yield from _read_bytes(source, seconds)


def _read_file(
    path: Path,
    origin: str,
    max_bytes: int,
    seconds: float,
    outlets: Sequence[KnownName],
    encoding: str,
    *,
    anyway: bool,
) -> Iterator[_Item]:
    name = files.printable_name(path.name)
    files.check_regular_file(path)
    formats.check_name(name)
    if encoding:
        formats.check_encoding_option(name)
    if formats.formats_for_name(name)[0].is_lines:
        yield from _read_lines(path, origin, max_bytes, outlets)
        return
    raw = files.read_contents(path, max_bytes)
    raw = recode(raw, encoding) if encoding else raw
    sidecar = files.read_sidecar(path, max_bytes)
    source = SourceFile(raw, name, origin, max_bytes, {}, sidecar, outlets, anyway=anyway)
    yield from _read_bytes(source, seconds)


def _read_lines(
    path: Path, origin: str, max_bytes: int, outlets: Sequence[KnownName]
) -> Iterator[_Item]:
    if files.read_sidecar(path, max_bytes) is not None:
        raise Refusal(
            "there is a .yml beside it, but it has one article per line",
            "Remove the .yml, and put what it says into each line",
        )
    with files.open_file(path) as file:
        yield from _parse_lines(file, origin, max_bytes, outlets)


def _parse_lines(
    file: BinaryIO, origin: str, max_bytes: int, outlets: Sequence[KnownName]
) -> Iterator[_Item]:
    is_empty = True
    articles = parser.claim_known_outlets(jsonlines.read_file(file, max_bytes=max_bytes), outlets)
    for item in parser.check_articles(articles, origin):
        is_empty = False
        yield item
    if is_empty:
        raise no_article_refusal()


def _read_bytes(source: SourceFile, seconds: float) -> Iterator[_Item]:
    candidates = formats.formats_for_name(source.name)
    if candidates and candidates[0].is_text:
        yield from parser.parse(source)
    else:
        yield from _read_in_subprocess(source, seconds)


def _read_in_subprocess(source: SourceFile, seconds: float) -> Iterator[Document | Refusal]:
    """Read in another process; if it fails on an enclosed file, go on with the next one."""
    memory = memory_for(source.max_bytes)
    timeouts = _BASE_TIMEOUTS + len(source.raw) // _BYTES_PER_EXTRA_TIMEOUT
    budget = process.TimeBudget(seconds, seconds * timeouts)
    for _ in range(MAX_FAILED_FILES):
        failure = start = None
        items = process.run(parser.parse_unchecked, source, budget=budget, memory=memory)
        # Checked in this process: a hostile file may have taken over the other.
        for item in parser.check_articles(items, source.origin):
            if isinstance(item, FileStart):
                start = item
            elif isinstance(item, process.ReaderFailure):
                failure = item
            else:
                yield item
        if failure is None:
            return
        if start is None:
            yield failure
            return
        yield failure.with_place(start.place)
        source = source._replace(resume_after=start.path)
    yield Refusal(
        f"reading failed for {MAX_FAILED_FILES} files in it, so reading stopped there",
        "Leave them out, or unpack it to a folder",
    )


def _to_results(origin: str, items: Iterable[_Item]) -> Iterator[Document | IngestError]:
    """Yield the articles, and each refusal as the error that people see."""
    for item in items:
        if isinstance(item, Document):
            yield item
        elif isinstance(item, Refusal):
            place = to_one_line(item.place)
            yield IngestError(
                "left out" if item.is_skipped else "cannot read the article",
                subject=join_origin(_display_origin(origin), place),
                cause=item.cause,
                remedy=item.remedy,
                location=place,
                is_skipped=item.is_skipped,
                can_force=item.can_force,
            )


def _display_origin(origin: str) -> str:
    """Return a file's path, or an address without its secrets."""
    return addresses.for_display(origin) if origin.startswith(("http://", "https://")) else origin
