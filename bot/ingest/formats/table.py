"""The supported formats, one line each, and format detection.

A format is a module of this folder with two functions. `recognises(head)` says whether a file that
starts with these bytes is of the format. `read(raw)` yields a ParsedArticle for each article, an
EnclosedFile for each file inside it, and a Refusal, with its place, for each part that cannot be
read; it raises Refusal if nothing can be read. A module is imported when it is first needed, since
the parsers take a second to load.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from bot.articles.identity import STANDARD_INPUT
from bot.ingest import head
from bot.ingest.formats.signatures import check_signature
from bot.ingest.metadata import Metadata
from bot.ingest.parsed_file import EnclosedFile, ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.unsupported import unsupported_refusal

HEAD_SIZE = 8192

METADATA_SUFFIX = ".yml"


class Format(NamedTuple):
    """A format: its name for people, its suffixes and media types, and its module.

    `is_text`: only the suffix decides, since bytes cannot show that a file is of this format. It
    needs no third-party parser; every other format is read in another process.
    `is_archive`: a file inside another one may be larger than an article.
    `is_fallible`: the text is picked out of a layout, so it may come out wrongly, and is checked.
    `has_head`: the headline, byline and day may be printed above the story.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    media: tuple[str, ...] = ()
    is_text: bool = False
    is_archive: bool = False
    is_fallible: bool = False
    has_head: bool = False

    def recognises(self, head: bytes) -> bool:
        """Whether a file that starts with these bytes is of this format."""
        return not self.is_text and bool(self._reader.recognises(head))

    def read(
        self, raw: bytes, *, anyway: bool = False
    ) -> Iterator[ParsedArticle | EnclosedFile | Refusal]:
        """Read a file. Raises Refusal if nothing in it can be read.

        With `anyway`, what does not look like an article is read too, and doubted.
        """
        try:
            yield from self._reader.read(raw)
        except Refusal as refusal:
            if not (anyway and refusal.can_force):
                raise
            for article in self._reader.read(raw, anyway=True):
                yield article._replace(doubt="no_article")

    def read_head(self, text: str) -> Metadata:
        """Read the metadata printed above an article's story, if the format has it there."""
        if not self.has_head:
            return {}
        return head.read_head(text, is_markdown=self.module == "markdown")

    @property
    def _reader(self) -> Any:
        return import_module(f"bot.ingest.formats.{self.module}")


_LINES_MEDIA = ("application/jsonl", "application/x-ndjson")
FEED_MEDIA = ("application/rss+xml", "application/atom+xml")
_WIRE_MEDIA = ("application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml")
_DOCX_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGE_MEDIA = ("text/html", "application/xhtml+xml")
_MSG_MEDIA = "application/vnd.ms-outlook"
_ODT_MEDIA = "application/vnd.oasis.opendocument.text"

FORMATS = (
    Format("plain text", (".txt",), "text", ("text/plain",), is_text=True, has_head=True),
    Format("Markdown", (".md",), "markdown", ("text/markdown",), is_text=True, has_head=True),
    Format("JSON lines", (".jsonl", ".ndjson"), "jsonlines", _LINES_MEDIA, is_text=True),
    Format("RSS or Atom", (".xml", ".rss", ".atom", ".rdf"), "feed", FEED_MEDIA),
    Format("ninjs", (".json",), "ninjs", ("application/json",)),
    Format("NewsML-G2", (".xml",), "newsml", (*_WIRE_MEDIA, "application/xml", "text/xml")),
    Format("NITF", (".xml", ".nitf"), "nitf", ("application/nitf+xml",)),
    Format("HTML", (".html", ".htm", ".xhtml"), "html", _PAGE_MEDIA, is_fallible=True),
    Format("PDF", (".pdf",), "pdf", ("application/pdf",), is_fallible=True, has_head=True),
    Format("Word", (".docx",), "packages.docx", (_DOCX_MEDIA,), has_head=True),
    Format("OpenDocument", (".odt", ".ott"), "packages.odt", (_ODT_MEDIA,), has_head=True),
    Format("transcript", (".srt", ".vtt"), "subtitles", ("application/x-subrip", "text/vtt")),
    Format("e-mail", (".eml",), "eml", ("message/rfc822",), is_fallible=True, has_head=True),
    Format("Outlook message", (".msg",), "msg", (_MSG_MEDIA,), is_fallible=True, has_head=True),
    Format("ZIP", (".zip",), "archive", ("application/zip",), is_archive=True),
)

SUFFIXES = tuple(dict.fromkeys(suffix for format_ in FORMATS for suffix in format_.suffixes))

_SUPPORTED = (
    "Claimdesk reads text, Markdown, HTML, PDF, Word (.docx), OpenDocument (.odt), e-mail (.eml, "
    ".msg), transcripts (.srt, .vtt), the JSON and XML of feeds and wires, and .zip of these"
)

SUFFIX_BY_MEDIA_TYPE = {
    media: format_.suffixes[0] for format_ in FORMATS for media in format_.media
}


def suffix_of(name: str) -> str:
    """Return the suffix of a file name, or the usual suffix of a media type; "" if unknown."""
    media = name.partition(";")[0].strip().lower()
    return SUFFIX_BY_MEDIA_TYPE.get(media) or PurePosixPath(name).suffix.lower()


def is_article_name(name: str) -> bool:
    """Whether files with this name can be read."""
    return suffix_of(name) in SUFFIXES


def formats_for_name(name: str) -> tuple[Format, ...]:
    """Return the possible formats of a file with this name or media type."""
    suffix = suffix_of(name)
    return tuple(format_ for format_ in FORMATS if suffix in format_.suffixes)


def ambiguous_metadata_refusal(names: Iterable[str]) -> Refusal:
    """Return the refusal of an article whose `.yml` could belong to any of several files."""
    return Refusal(
        f"the .yml beside it could belong to any of {', '.join(sorted(names))}",
        "Rename all but one of them, or remove the .yml",
    )


def check_name(name: str) -> None:
    """Raise Refusal if a file's name shows that it is not an article."""
    if (suffix := suffix_of(name)) not in SUFFIXES:
        ending = f"ending in {suffix}" if suffix else "without an ending"
        unknown = Refusal(f"files {ending} are not read", _SUPPORTED)
        raise unsupported_refusal(suffix) or unknown


def detect_format(head: bytes, name: str) -> Format:
    """Detect a file's format by its first bytes. Raises Refusal.

    Its name, or media type, decides if the bytes match several formats or none.
    """
    candidates = formats_for_name(name)
    if candidates and candidates[0].is_text:
        check_signature(head, candidates[0].name)
        return candidates[0]
    if not head:
        raise Refusal("it is empty", "Download it again, or remove it")
    for format_ in (*candidates, *FORMATS):
        if format_.recognises(head):
            return format_
    if len(candidates) == 1:
        return candidates[0]  # its reader knows best what is wrong
    names = " nor ".join(format_.name for format_ in candidates)
    check_signature(head, names or "an article")
    if candidates:
        raise Refusal(f"it is neither {names}", "Check what it is, or save it in another format")
    if name != STANDARD_INPUT:
        raise Refusal("its first bytes don't show what it is", _SUPPORTED)
    is_lines, is_markdown = head.lstrip().startswith(b"{"), head.startswith(b"---")
    return formats_for_name("-.jsonl" if is_lines else "-.md" if is_markdown else "-.txt")[0]
