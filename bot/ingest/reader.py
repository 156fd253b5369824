"""Read files, piped input and fetched bytes into Documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.config import KnownName
from bot.errors import IngestError
from bot.ingest import files, parser
from bot.ingest.documents import join_origin, make_document
from bot.ingest.fetch import addresses
from bot.ingest.formats import table as formats
from bot.ingest.formats.text import recode
from bot.ingest.metadata import NO_OVERRIDES, Overrides, to_one_line
from bot.ingest.parsed_file import FileStart, ParsedArticle
from bot.ingest.parser import Part, SourceFile
from bot.ingest.refusal import Refusal, too_large_refusal
from bot.ingest.sandbox import process
from bot.model import Document

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


def read(
    path: Path,
    *,
    max_bytes: int,
    seconds: float = DEFAULT_TIMEOUT,
    outlets: Sequence[KnownName] = (),
    overrides: Overrides = NO_OVERRIDES,
    anyway: bool = False,
) -> Iterator[Document | IngestError]:
    """Read all articles of a file, with the `.yml` beside it.

    Yields an IngestError for each part that cannot be read or is not an article; nothing is raised.
    The text of a `.txt` or `.md` is kept verbatim, line endings included, except for a byte order
    mark at its start. A file that claims to be from one of `outlets` is not believed; only the
    `.yml` beside it, or an override, can say so. `origin` is the path as given, plus "#" and the
    article's place in a file of several. With `anyway`, what does not look like an article is read
    too.
    """
    name = files.printable_name(path.name)

    def parts() -> Iterator[Part]:
        with files.open_file(path) as file:
            formats.check_name(name)
            stated = {**files.read_sidecar(path), **overrides}
            encoding = stated.pop("encoding", "")
            source = SourceFile(b"", name, max_bytes, stated, outlets, (), anyway)
            if formats.formats_for_name(name)[0].module == "jsonlines" and not encoding:
                yield from parser.parse_lines(file, source)
                return
            raw = _recode(file.read(max_bytes + 1), max_bytes, name, encoding)
        yield from _read_source(source._replace(raw=raw), seconds)

    yield from to_documents(parts(), origin=files.printable_name(str(path)))


def read_bytes(
    raw: bytes,
    *,
    origin: str,
    max_bytes: int,
    name: str = "",
    hint: str = "",
    seconds: float = DEFAULT_TIMEOUT,
    outlets: Sequence[KnownName] = (),
    overrides: Overrides = NO_OVERRIDES,
    anyway: bool = False,
) -> Iterator[Document | IngestError]:
    """Read all articles of bytes that were fetched, piped or sent. Yields as `read` does.

    `name` is that of a sent file, and must be an article's. `hint` is a media type, a name or
    STANDARD_INPUT, used only if the bytes do not show the format.
    """

    def parts() -> Iterator[Part]:
        if name:
            formats.check_name(name)
        stated = dict(overrides)
        text = _recode(raw, max_bytes, hint, stated.pop("encoding", ""))
        source = SourceFile(text, name or hint, max_bytes, stated, outlets, (), anyway)
        yield from _read_source(source, seconds)

    yield from to_documents(parts(), origin=origin)


def to_documents(parts: Iterable[Part], *, origin: str) -> Iterator[Document | IngestError]:
    """Check and clean articles that a reader has parsed. Yields as `read` does."""
    try:
        for part in parts:
            try:
                if isinstance(part, ParsedArticle):
                    yield make_document(part, origin)
                elif isinstance(part, Refusal):
                    yield _error(part, origin)
            except Refusal as refusal:
                yield _error(refusal, origin)
    except Refusal as refusal:
        yield _error(refusal, origin)


def memory_for(max_bytes: int) -> int:
    """Return the memory limit, in bytes, for reading a file of at most `max_bytes`."""
    return _BASE_MEMORY + _MEMORY_PER_INPUT_BYTE * max_bytes


def _recode(raw: bytes, max_bytes: int, name: str, encoding: str) -> bytes:
    """Return a text in UTF-8. Raises Refusal, also for more than `max_bytes`."""
    if len(raw) > max_bytes:
        raise too_large_refusal(max_bytes)
    if not encoding:
        return raw
    readers = {format_.module for format_ in formats.formats_for_name(name)}
    if not readers <= {"text", "markdown"}:
        raise Refusal("only .txt and .md can have another encoding", "Leave the encoding out")
    return recode(raw, encoding)


def _read_source(source: SourceFile, seconds: float) -> Iterator[Part]:
    """Read in another process; if it fails on an enclosed file, go on with the next one."""
    candidates = formats.formats_for_name(source.name)
    if candidates and candidates[0].is_text:
        yield from parser.parse(source)
        return
    memory = memory_for(source.max_bytes)
    timeouts = _BASE_TIMEOUTS + len(source.raw) // _BYTES_PER_EXTRA_TIMEOUT
    budget = process.TimeBudget(seconds, seconds * timeouts)
    for _ in range(MAX_FAILED_FILES):
        failure = start = None
        for part in process.run(parser.parse, source, budget=budget, memory=memory):
            if isinstance(part, FileStart):
                start = part
            elif isinstance(part, process.ReaderFailure):
                failure = part
            else:
                yield part
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


def _error(refusal: Refusal, origin: str) -> IngestError:
    """Return the error that people see, which shows an address without its secrets."""
    if origin.startswith(("http://", "https://")):
        origin = addresses.for_display(origin)
    place = to_one_line(refusal.place)
    return IngestError(
        "left out" if refusal.is_skipped else "cannot read the article",
        subject=join_origin(origin, place),
        cause=refusal.cause,
        remedy=refusal.remedy,
        location=place,
        is_skipped=refusal.is_skipped,
        can_force=refusal.can_force,
    )
