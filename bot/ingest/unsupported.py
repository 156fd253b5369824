"""Files whose text could be read if they were saved differently, and how to get it."""

from __future__ import annotations

from typing import NamedTuple

from bot.ingest.refusal import Refusal


class _Unsupported(NamedTuple):
    """Files that are not read: what they are ("" for documents), and how to get their text."""

    kind: str
    suffixes: tuple[str, ...]
    remedy: str


_UNSUPPORTED = (
    _Unsupported(
        "pictures",
        (".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"),
        "If it is a scan, run OCR on it, e.g. with ocrmypdf, and ingest the PDF",
    ),
    _Unsupported(
        "recordings",
        (".avi", ".m4a", ".mkv", ".mov", ".mp3", ".mp4", ".ogg", ".wav", ".webm"),
        "Ingest a transcript: .srt, .vtt, or .txt with lines like NAME: words",
    ),
    _Unsupported(
        "",
        (".doc", ".docm", ".dot", ".dotx", ".rtf", ".pages", ".wpd", ".wps", ".sxw", ".fodt"),
        "Save it as .docx or .pdf",
    ),
    _Unsupported(
        "spreadsheets",
        (".xls", ".xlsx", ".xlsm", ".ods", ".numbers", ".csv", ".tsv"),
        "Save what it says as .docx, .pdf or .txt",
    ),
    _Unsupported("slides", (".ppt", ".pptx", ".odp", ".key"), "Save them as .pdf"),
    _Unsupported("books", (".epub", ".mobi", ".azw", ".azw3"), "Save a chapter as .docx or .txt"),
    _Unsupported("", (".mhtml", ".mht"), "Save the page as .html, or ingest its address"),
    _Unsupported(
        "",
        (".tar", ".gz", ".bz2", ".xz", ".tgz", ".tbz2", ".txz", ".7z", ".rar"),
        "Unpack it, and ingest the folder, or pack it as .zip",
    ),
)


def unsupported_refusal(suffix: str) -> Refusal | None:
    """Return the refusal of a file with this suffix; None if nothing is known about it."""
    for unsupported in _UNSUPPORTED:
        if suffix in unsupported.suffixes:
            kind = unsupported.kind or f"files ending in {suffix}"
            return Refusal(f"{kind} are not read", unsupported.remedy)
    return None
