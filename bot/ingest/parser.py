"""Parse one file: detect its format, read it, and parse the files inside it in the same way.

What may come out of one file is limited in total, however deeply files are nested in it. A small
file that unpacks to a huge one, or to very many, is therefore refused after a limited time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from bot.articles.outlets import find_claimed_outlet, find_outlet, find_outlet_by_domain
from bot.config import KnownName
from bot.ingest.formats import archive, jsonlines
from bot.ingest.formats import table as formats
from bot.ingest.formats.table import Format
from bot.ingest.metadata import MAX_FIELD_LENGTH, Metadata
from bot.ingest.parsed_file import EnclosedFile, FileStart, ParsedArticle
from bot.ingest.refusal import Refusal, no_article_refusal, too_large_refusal

MAX_UNPACKED_RATIO = 8
"""The most that a file may unpack to, in multiples of the size limit of an article."""
MAX_NESTING_DEPTH = 4
SHARED_KEYS = frozenset(("outlet", "language"))

Part = ParsedArticle | Refusal | FileStart


class SourceFile(NamedTuple):
    """The bytes of a file with its `name` or media type, and how to read it.

    `sidecar` is what a person states of its articles: in the `.yml` beside it, or by options. A
    file that claims to be from one of `outlets` is not believed. Reading resumes after the enclosed
    file whose FileStart had the path `resume_after`. With `anyway`, what does not look like an
    article is read too.
    """

    raw: bytes
    name: str
    max_bytes: int
    sidecar: Metadata = {}  # noqa: RUF012  never changed
    outlets: Sequence[KnownName] = ()
    resume_after: tuple[int, ...] = ()
    anyway: bool = False


class _LimitExceeded(Refusal):
    """A file unpacks to more than is allowed, so reading stops."""


@dataclass
class _Allowance:
    """How many bytes and files may still come out of a file."""

    bytes_left: int
    files_left: int

    def unpack(self, read: Callable[[int], bytes]) -> bytes:
        """Return an enclosed file's bytes. Raises _LimitExceeded if more came out than allowed."""
        self.files_left -= 1
        if self.files_left < 0:
            cause = f"it has more than {archive.MAX_FILES:,} files"
            raise _LimitExceeded(cause, "Split it, or unpack it to a folder")
        try:
            raw = read(self.bytes_left + 1)
        except archive.UnpackError as error:
            self.bytes_left -= error.size
            raise
        self.bytes_left -= len(raw)
        if self.bytes_left < 0:
            cause = f"it unpacks to more than {MAX_UNPACKED_RATIO} times what an article may have"
            raise _LimitExceeded(cause, "Split it, or raise ingest.max_megabytes in bot.yml")
        return raw


def parse(source: SourceFile) -> Iterator[ParsedArticle | Refusal | FileStart]:
    """Parse all articles of a file; refusals are yielded, and nothing is raised.

    A FileStart precedes each enclosed file, unless a person's metadata covers all of them.
    """
    is_empty = not source.resume_after
    try:
        format_ = formats.detect_format(source.raw[: formats.HEAD_SIZE], source.name)
        allowance = _Allowance(MAX_UNPACKED_RATIO * source.max_bytes, archive.MAX_FILES)
        for part in _apply_sidecar(_read_parts(source, format_, allowance), source.sidecar):
            is_empty = is_empty and isinstance(part, FileStart)
            yield part
        if is_empty:
            raise no_article_refusal()
    except Refusal as refusal:
        yield refusal


def parse_lines(file: BinaryIO, source: SourceFile) -> Iterator[Part]:
    """Parse a file that has an article per line, however large it is. Raises Refusal."""
    parts = jsonlines.read_file(file, max_bytes=source.max_bytes)
    claims = (_as_claimed(part, source.outlets, is_written_by_hand=True) for part in parts)
    return _apply_sidecar(claims, source.sidecar)


def _read_parts(
    source: SourceFile, format_: Format, allowance: _Allowance, outer_path: tuple[int, ...] = ()
) -> Iterator[Part]:
    for index, part in enumerate(format_.read(source.raw, anyway=source.anyway)):
        path = (*outer_path, index)
        is_ancestor = source.resume_after[: len(path)] == path != source.resume_after
        if path <= source.resume_after and not is_ancestor:
            continue  # it was read before, with everything inside it
        if isinstance(part, EnclosedFile):
            yield FileStart(path, part.name)
            for inner in _read_enclosed(part, source, allowance, path):
                place = "#".join(filter(None, (part.name, inner.place)))
                if isinstance(inner, Refusal):
                    yield inner.with_place(place)
                else:
                    yield inner._replace(place=place)
        elif isinstance(part, ParsedArticle):
            known = {**format_.read_head(part.text), **part.metadata}
            part = part._replace(metadata=known, is_fallible=format_.is_fallible)
            yield _as_claimed(part, source.outlets, is_written_by_hand=format_.is_text)
        else:
            yield part


def _read_enclosed(
    enclosed: EnclosedFile, outer: SourceFile, allowance: _Allowance, path: tuple[int, ...]
) -> Iterator[Part]:
    """Read an enclosed file; a refusal does not stop the files after it."""
    if len(path) > MAX_NESTING_DEPTH:
        cause = f"it is more than {MAX_NESTING_DEPTH} files deep"
        yield Refusal(cause, "Take it out of the files around it")
        return
    try:
        formats.check_name(enclosed.name)
        raw = allowance.unpack(enclosed.read)
        format_ = formats.detect_format(raw[: formats.HEAD_SIZE], enclosed.name)
        if len(raw) > outer.max_bytes and not format_.is_archive:
            raise too_large_refusal(outer.max_bytes)
        source = outer._replace(raw=raw, name=enclosed.name)
        yield from _read_parts(source, format_, allowance, path)
    except _LimitExceeded:
        raise
    except Refusal as refusal:
        yield refusal


def _as_claimed(part: Part, outlets: Sequence[KnownName], *, is_written_by_hand: bool) -> Part:
    """Make an article's address and outlet claims, since anybody can have made the file.

    Of metadata that a person wrote, only a known outlet's name and addresses are. A name that is
    not listed is kept as outlet too. Whoever sent it claims to be one only by a known name.
    """
    if not isinstance(part, ParsedArticle):
        return part
    values = dict(part.metadata)
    if find_outlet(str(values.get("claimed_outlet", "")), "", outlets):
        del values["claimed_outlet"]
    name, url = values.get("outlet"), values.get("url")
    if isinstance(name, str) and len(name) <= MAX_FIELD_LENGTH:  # otherwise it is not a name
        outlet, claimed = find_outlet(name, "", outlets), find_claimed_outlet(name, "", outlets)
        del values["outlet"]
        if outlet:
            values["outlet"] = outlet
        if claimed and not (outlet and is_written_by_hand):
            values["claimed_outlet"] = claimed
    if url and not (is_written_by_hand and find_outlet_by_domain(str(url), outlets) is None):
        values["claimed_url"] = values.pop("url")
    return part._replace(metadata=values)


def _apply_sidecar(parts: Iterator[Part], sidecar: Metadata) -> Iterator[Part]:
    """Apply what a person states to the article that fills a file, or to its only article.

    It replaces what the file states, and settles which outlet it is from and where. If there are
    several articles, as in a feed, only metadata that they can share is allowed.
    """
    if not sidecar:
        yield from parts
        return
    all_parts = [part for part in parts if not isinstance(part, FileStart)]
    articles = [part for part in all_parts if isinstance(part, ParsedArticle)]
    has_main = any(not article.place for article in articles)
    targets = [article for article in articles if not (has_main and article.place)]
    unshared = sidecar.keys() - SHARED_KEYS
    if len(targets) > 1 and unshared:
        keys = " and ".join(sorted(unshared))
        cause = f"it has {len(articles):,} articles in it, which cannot share {keys}"
        remedy = "Leave that out of the .yml or the options, or save each article in its own file"
        raise Refusal(cause, remedy)
    settled = {f"claimed_{name}" for name in ("outlet", "url") if name in sidecar}
    for part in all_parts:
        if isinstance(part, ParsedArticle) and not (has_main and part.place):
            known = {**part.metadata, **sidecar}
            part = part._replace(metadata={k: v for k, v in known.items() if k not in settled})
        yield part
