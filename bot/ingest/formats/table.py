"""The formats that are read, a line each, and which of them a file is.

A format is a module of this folder with two functions: `recognises(head)` says whether a file that
begins with these bytes is one, `read(raw)` yields its articles as ParsedArticle, the files it holds as
Enclosed, and as Refusal, each with its place, what cannot be read; it raises Refusal where that is
all of it. Modules are loaded when they are first asked: their parsers take a second to load.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, NamedTuple, cast

from bot.articles.identity import STANDARD_INPUT
from bot.ingest import head
from bot.ingest.formats.signatures import check_mark
from bot.ingest.metadata import Metadata
from bot.ingest.parsed_file import Enclosed, ParsedArticle
from bot.ingest.refusal import Refusal

HEAD = 8192
"""How many bytes of a file tell what it is."""

METADATA_SUFFIX = ".yml"


class Format(NamedTuple):
    """A format: what people call it, its files' suffixes and media types, and its module.

    Of one that `is_text` the bytes say no more than that they are none: the suffix alone decides,
    and no parser of others touches it. Every other format is read in a process of its own. One that
    `is_archive` may be larger than an article when it comes out of another, and a file that
    `is_lines` is read a line at a time, however large it is. One that `is_web` is
    what sites publish: anybody can have made it, and it says itself whose it is.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    media: tuple[str, ...] = ()
    is_text: bool = False
    is_archive: bool = False
    is_lines: bool = False
    is_web: bool = False
    has_head: bool = False

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes is of this format."""
        return not self.is_text and bool(self._loaded.recognises(head))

    def read(self, raw: bytes) -> Iterator[ParsedArticle | Enclosed | Refusal]:
        """Read a file. Raises Refusal where no part of it can be read."""
        return cast("Iterator[ParsedArticle | Enclosed | Refusal]", self._loaded.read(raw))

    def read_head(self, text: str) -> Metadata:
        """Read what an article's text prints above its story, in a format that has it there."""
        if not self.has_head:
            return {}
        return head.read_head(text, is_markdown=self.module == "markdown")

    @property
    def has_plain_text(self) -> bool:
        """Whether all of a file is one text, so that its bytes may be of any encoding."""
        return self.is_text and not self.is_lines

    @property
    def _loaded(self) -> Any:
        return import_module(f"bot.ingest.formats.{self.module}")


FORMATS = (
    Format("plain text", (".txt",), "text", ("text/plain",), is_text=True, has_head=True),
    Format("Markdown", (".md",), "markdown", ("text/markdown",), is_text=True, has_head=True),
    Format(
        "JSON lines",
        (".jsonl", ".ndjson"),
        "jsonlines",
        ("application/jsonl", "application/x-ndjson"),
        is_text=True,
        is_lines=True,
    ),
    Format(
        "RSS, Atom or JSON Feed",
        (".xml", ".rss", ".atom", ".rdf", ".json"),
        "feed",
        ("application/rss+xml", "application/atom+xml", "application/feed+json"),
        is_web=True,
    ),
    Format("ninjs", (".json",), "ninjs", ("application/json",)),
    Format(
        "NewsML-G2",
        (".xml",),
        "newsml",
        (
            "application/vnd.iptc.g2.newsitem+xml",
            "application/vnd.iptc.g2.newsmessage+xml",
            "application/xml",
            "text/xml",
        ),
    ),
    Format("NITF", (".xml", ".nitf"), "nitf", ("application/nitf+xml",)),
    Format(
        "HTML",
        (".html", ".htm", ".xhtml"),
        "html",
        ("text/html", "application/xhtml+xml"),
        is_web=True,
    ),
    Format("PDF", (".pdf",), "pdf", ("application/pdf",), has_head=True),
    Format(
        "Word",
        (".docx",),
        "docx",
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        has_head=True,
    ),
    Format("e-mail", (".eml",), "eml", ("message/rfc822",)),
    Format("ZIP", (".zip",), "archives.zip", ("application/zip",), is_archive=True),
    Format("tar", (".tar",), "archives.tar", ("application/x-tar",), is_archive=True),
    Format(
        "gzip, bzip2 or xz",
        (".gz", ".bz2", ".xz", ".tgz", ".tbz2", ".txz"),
        "archives.packed",
        ("application/gzip", "application/x-bzip2", "application/x-xz"),
        is_archive=True,
    ),
)


SUFFIXES = tuple(dict.fromkeys(suffix for one in FORMATS for suffix in one.suffixes))

_VALID = (
    "Claimdesk reads text, Markdown, HTML, PDF, Word (.docx), e-mail (.eml), the JSON and XML of "
    "feeds and wires, and archives of these"
)
_UNREAD = {
    "pictures": (".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".webp"),
    "recordings": (".avi", ".m4a", ".mkv", ".mov", ".mp3", ".mp4", ".ogg", ".wav", ".webm"),
}
_TO_CONVERT = (".doc", ".odt", ".pages", ".rtf", ".wpd")
"""Suffixes of what is not read, told apart so that people learn why."""

_SUFFIX_OF = {media: one.suffixes[0] for one in FORMATS for media in one.media}


def suffix_of(name: str) -> str:
    """The suffix of a file's name or, of a media type, that of its files; "" if not known."""
    media = name.partition(";")[0].strip().lower()
    return _SUFFIX_OF.get(media) or PurePosixPath(name).suffix.lower()


def is_article_name(name: str) -> bool:
    """Whether a file with this name is read."""
    return bool(named(name))


def named(name: str) -> tuple[Format, ...]:
    """The formats that a file of this name, or of this media type, may be of."""
    suffix = suffix_of(name)
    return tuple(one for one in FORMATS if suffix in one.suffixes)


def shared_metadata(names: Iterable[str]) -> Refusal:
    """Why an article is not read whose `.yml` may be that of another."""
    return Refusal(
        f"the .yml beside it could belong to any of {', '.join(sorted(names))}",
        "Rename all but one of them, or remove the .yml",
    )


def check_name(name: str) -> None:
    """Refuse a file whose name says that it is no article."""
    suffix, stem = suffix_of(name), PurePosixPath(name).stem
    if suffix == METADATA_SUFFIX:
        raise Refusal(
            "a .yml file is an article's metadata, but there is no article beside it",
            f"Put {stem}.txt or .md beside it, or remove it",
        )
    if is_article_name(name):
        return
    for kind, suffixes in _UNREAD.items():
        if suffix in suffixes:
            raise Refusal(f"{kind} are not read", f"Leave it out. {_VALID}")
    what = f"files {f'ending in {suffix}' if suffix else 'without an ending'} are not read"
    raise Refusal(what, "Save it as .docx or .pdf" if suffix in _TO_CONVERT else _VALID)


def check_encoded(name: str) -> None:
    """Refuse a file whose name says that its bytes are not those of one text."""
    if not named(name)[0].has_plain_text:
        raise Refusal("only .txt and .md can have another encoding", "Leave the encoding out")


def pick(head: bytes, name: str) -> Format:
    """Say which format a file is, by its first bytes; its name, or media type, decides between
    several that recognise it and where the bytes say nothing. Raises Refusal."""
    likely = named(name)
    if likely and likely[0].is_text:
        check_mark(head, likely[0].name)
        return likely[0]
    if not head:
        raise Refusal("it is empty", "Download it again, or remove it")
    for one in (*likely, *FORMATS):
        if one.recognises(head):
            return one
    if len(likely) == 1:
        return likely[0]  # its reader says best what is wrong
    if likely:
        listed = " nor ".join(one.name for one in likely)
        raise Refusal(f"it is neither {listed}", "Check what it is, or save it in another format")
    check_mark(head, "an article")
    if name == STANDARD_INPUT:  # text, where its bytes don't show that it is something else
        return _text_of(head)
    raise Refusal("its first bytes don't show what it is", _VALID)


def _text_of(head: bytes) -> Format:
    """Which text it is that no format recognises: JSON lines, Markdown with front matter, plain."""
    suffix = ".jsonl" if head.lstrip().startswith(b"{") else ".md" if head[:3] == b"---" else ".txt"
    return named(f"-{suffix}")[0]
