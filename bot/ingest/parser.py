"""Parse one file: detect its format, read it, and parse the files inside it in the same way.

What may come out of one file is limited in total, however deeply files are nested in it. A small
file that unpacks to a huge one, or to very many, is therefore refused after a limited time.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from bot.articles.outlets import find_claimed_outlet, find_outlet, find_outlet_by_domain
from bot.config import KnownName
from bot.ingest import metadata
from bot.ingest.documents import MAX_FIELD_LENGTH, make_document
from bot.ingest.formats import archive
from bot.ingest.formats import table as formats
from bot.ingest.formats.table import Format
from bot.ingest.formats.text import decode
from bot.ingest.metadata import Metadata
from bot.ingest.parsed_file import EnclosedFile, FileStart, ParsedArticle
from bot.ingest.refusal import Refusal, no_article_refusal, too_large_refusal
from bot.model import Document

MAX_UNPACKED_RATIO = 8
"""The most that a file may unpack to, in multiples of the size limit of an article."""
MAX_NESTING_DEPTH = 4
"""How deeply files may be nested. A .zip in a .zip has depth two."""
SHARED_KEYS = frozenset(("outlet", "language"))
"""The metadata that all articles of a file can share."""

CLAIMED_KEYS = frozenset(("outlet", "url"))
"""The metadata that is only claimed if nothing but the file states it."""

T = TypeVar("T")
_Item = ParsedArticle | Refusal | FileStart


class SourceFile(NamedTuple):
    """The bytes of a file with its `name` or media type and its origin.

    `defaults` is metadata for articles that do not state their own, `sidecar` the metadata in the
    `.yml` beside the file, or None if there is none. A file that claims to be from one of `outlets`
    is not believed. Reading resumes after the enclosed file whose FileStart had the
    path `resume_after`. With `anyway`, what does not look like an article is read too.
    """

    raw: bytes
    name: str
    origin: str
    max_bytes: int
    defaults: Metadata
    sidecar: Metadata | None = None
    outlets: Sequence[KnownName] = ()
    resume_after: tuple[int, ...] = ()
    anyway: bool = False

    def should_skip(self, path: tuple[int, ...]) -> bool:
        """Whether the item at this path, with everything inside it, was already read."""
        depth = len(path)
        is_ancestor = depth < len(self.resume_after) and self.resume_after[:depth] == path
        return path <= self.resume_after and not is_ancestor


class _LimitExceeded(Refusal):
    """A file unpacks to more than is allowed, so reading stops."""


@dataclass
class _Allowance:
    """How many bytes and files may still come out of a file."""

    bytes_left: int
    files_left: int

    def check(self, max_bytes: int) -> None:
        """Raise _LimitExceeded if more came out than allowed."""
        if self.files_left < 0:
            refusal = archive.too_many_files_refusal()
            raise _LimitExceeded(refusal.cause, refusal.remedy)
        if self.bytes_left < 0:
            raise _LimitExceeded(
                f"it unpacks to more than {MAX_UNPACKED_RATIO * max_bytes:,} bytes",
                "Split it, or raise ingest.max_megabytes in bot.yml",
            )


def parse(source: SourceFile) -> Iterator[Document | Refusal | FileStart]:
    """Parse and check all articles of a file; refusals are yielded, and nothing is raised.

    A FileStart precedes each enclosed file, unless one `.yml` covers all of them.
    """
    return check_articles(_parse(source), source.origin)


def parse_unchecked(source: SourceFile) -> Iterator[ParsedArticle | Refusal | FileStart]:
    """Parse all articles of a file like `parse`, but leave the checks to the caller."""
    return catch_refusal(_parse(source))


def catch_refusal(items: Iterator[T]) -> Iterator[T | Refusal]:
    """Yield the items; if a refusal is raised, it is yielded as the last one."""
    try:
        yield from items
    except Refusal as refusal:
        yield refusal


def check_articles(items: Iterator[_Item], origin: str) -> Iterator[Document | Refusal | FileStart]:
    """Check and clean the articles that a reader yields; a refusal that it raises is yielded."""
    for item in catch_refusal(items):
        yield _check(item, origin) if isinstance(item, ParsedArticle) else item


def _check(article: ParsedArticle, origin: str) -> Document | Refusal:
    try:
        return make_document(article, origin)
    except Refusal as refusal:
        return refusal


def _parse(source: SourceFile) -> Iterator[_Item]:
    format_ = formats.detect_format(source.raw[: formats.HEAD_SIZE], source.name)
    allowance = _Allowance(MAX_UNPACKED_RATIO * source.max_bytes, archive.MAX_FILES)
    items = _read_items(source, format_, allowance)
    items = claim_known_outlets(items, source.outlets)
    if source.sidecar is not None:
        items = _apply_sidecar(items, format_, source.sidecar)
    is_empty = not source.resume_after
    for item in _add_head_metadata(items, format_):
        is_empty = is_empty and isinstance(item, FileStart)
        if isinstance(item, ParsedArticle) and source.defaults:
            yield item._replace(metadata={**source.defaults, **item.metadata})
        else:
            yield item
    if is_empty:
        raise no_article_refusal()


def _read_items(
    source: SourceFile, format_: Format, allowance: _Allowance, outer_path: tuple[int, ...] = ()
) -> Iterator[_Item]:
    for index, item in enumerate(format_.read(source.raw, anyway=source.anyway)):
        path = (*outer_path, index)
        if source.should_skip(path):
            continue
        if isinstance(item, EnclosedFile):
            yield from _read_enclosed(item, source, allowance, path)
        elif isinstance(item, ParsedArticle):
            if not format_.is_text:
                item = _as_claimed(item, source.outlets, is_written_by_hand=False)
            yield item._replace(is_fallible=format_.is_fallible)
        else:
            yield item


def claim_known_outlets(items: Iterator[_Item], outlets: Sequence[KnownName]) -> Iterator[_Item]:
    """Make what articles state of a known outlet a claim: its name, and addresses on its domains.

    Whoever made the file wrote that, and so could anybody.
    """
    for item in items:
        if isinstance(item, ParsedArticle):
            item = _as_claimed(item, outlets, is_written_by_hand=True)
        yield item


def _as_claimed(
    article: ParsedArticle, outlets: Sequence[KnownName], *, is_written_by_hand: bool
) -> ParsedArticle:
    """Make an article's address and outlet claims, since anybody can have made the file.

    Of metadata that a person wrote, only a known outlet's name and addresses are. A name that is
    not listed is kept as outlet too.
    """
    values = dict(article.metadata)
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
    return article._replace(metadata=values)


def _read_enclosed(
    enclosed: EnclosedFile, outer: SourceFile, allowance: _Allowance, path: tuple[int, ...]
) -> Iterator[_Item]:
    """Read an enclosed file; a refusal does not stop the files after it."""
    yield FileStart(path, enclosed.name)
    try:
        for item in _parse_enclosed(enclosed, outer, allowance, path):
            yield _prefix_place(item, enclosed.name)
    except _LimitExceeded:
        raise
    except Refusal as refusal:
        yield _prefix_place(refusal, enclosed.name)


def _parse_enclosed(
    enclosed: EnclosedFile, outer: SourceFile, allowance: _Allowance, path: tuple[int, ...]
) -> Iterator[_Item]:
    if len(path) > MAX_NESTING_DEPTH:
        raise Refusal(
            f"it is more than {MAX_NESTING_DEPTH} files deep", "Take it out of the files around it"
        )
    formats.check_name(enclosed.name)
    raw = _unpack(enclosed.read, outer.max_bytes, allowance)
    format_ = formats.detect_format(raw[: formats.HEAD_SIZE], enclosed.name)
    if len(raw) > outer.max_bytes and not format_.is_archive:
        raise too_large_refusal(outer.max_bytes)
    items = _read_items(outer._replace(raw=raw, name=enclosed.name), format_, allowance, path)
    if enclosed.read_sidecar:
        sidecar = _parse_sidecar(enclosed.read_sidecar, outer.max_bytes, allowance)
        items = _apply_sidecar(items, format_, sidecar)
    yield from _add_head_metadata(items, format_)


def _unpack(read: Callable[[int], bytes], max_bytes: int, allowance: _Allowance) -> bytes:
    allowance.files_left -= 1
    allowance.check(max_bytes)
    try:
        raw = read(allowance.bytes_left + 1)
    except archive.UnpackError as error:
        allowance.bytes_left -= error.size
        raise
    allowance.bytes_left -= len(raw)
    allowance.check(max_bytes)
    return raw


def _parse_sidecar(read: Callable[[int], bytes], max_bytes: int, allowance: _Allowance) -> Metadata:
    try:
        return metadata.parse(decode(_unpack(read, max_bytes, allowance)))
    except _LimitExceeded:
        raise
    except Refusal as refusal:
        raise refusal.with_context("the .yml beside it") from refusal


def _apply_sidecar(
    items: Iterator[_Item], format_: Format, sidecar: Metadata
) -> Iterator[ParsedArticle | Refusal]:
    """Apply the `.yml` beside a file to the article that fills the file, or to its only article.

    If there are several, as in a feed, only metadata that they can share is allowed.
    """
    all_items = [item for item in items if not isinstance(item, FileStart)]
    articles = [item for item in all_items if isinstance(item, ParsedArticle)]
    targets = [article for article in articles if not article.place] or articles
    # The files in an archive have metadata of their own, which the `.yml` would replace.
    if len(targets) > 1 and (format_.is_archive or not sidecar.keys() <= SHARED_KEYS):
        raise _shared_sidecar_refusal(format_, len(articles))
    target_ids = set(map(id, targets))
    for item in all_items:
        if isinstance(item, ParsedArticle) and id(item) in target_ids:
            yield item._replace(metadata=_merge_sidecar(item.metadata, format_, sidecar))
        else:
            yield item


def _add_head_metadata(items: Iterator[_Item], format_: Format) -> Iterator[_Item]:
    """Fill in missing metadata from the lines above each article's story."""
    for item in items:
        if isinstance(item, ParsedArticle):
            yield item._replace(metadata={**format_.read_head(item.text), **item.metadata})
        else:
            yield item


def _shared_sidecar_refusal(format_: Format, article_count: int) -> Refusal:
    shared_keys = " and ".join(sorted(SHARED_KEYS))
    action = "Remove" if format_.is_archive else f"Leave only {shared_keys} in"
    return Refusal(
        f"there is a .yml beside it, but it has {article_count:,} articles in it",
        f"{action} the .yml, or save each article in its own file",
    )


def _merge_sidecar(stated_metadata: Metadata, format_: Format, sidecar: Metadata) -> Metadata:
    """Merge a file's own metadata with its `.yml`.

    People wrote both front matter and the `.yml`, so they must agree. The `.yml` corrects what a
    page or a wire states, and settles which outlet it is from and where.
    """
    merged = (metadata.merge if format_.is_text else operator.or_)(stated_metadata, sidecar)
    settled = {f"claimed_{name}" for name in CLAIMED_KEYS & sidecar.keys()}
    return {name: value for name, value in merged.items() if name not in settled}


def _prefix_place(item: _Item, name: str) -> _Item:
    """Prefix an item's place with the name of the enclosed file that contains it."""
    place = "#".join(filter(None, (name, item.place)))
    return item.with_place(place) if isinstance(item, Refusal) else item._replace(place=place)
