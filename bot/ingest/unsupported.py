"""Files whose text could be read if they were saved differently, and how to get it."""

from __future__ import annotations

from bot.ingest.refusal import Refusal

OCR = "If it is a scan, run OCR on it, e.g. with ocrmypdf, and ingest the PDF"
SAVE = "Save it as .docx or .pdf"
_TRANSCRIBE = "Ingest a transcript: .srt, .vtt, or .txt with lines like NAME: words"
_MOVE = "It states the metadata of an article: put that beside it, under the same name"
_UNPACK = "Unpack it, and ingest the folder, or pack it as .zip"
_KINDS = (
    ("pictures", OCR, ".bmp .gif .heic .jpeg .jpg .png .svg .tif .tiff .webp"),
    ("recordings", _TRANSCRIBE, ".avi .m4a .mkv .mov .mp3 .mp4 .ogg .wav .webm"),
    ("documents", SAVE, ".doc .docm .dot .dotx .rtf .pages .wpd .wps .ppt .pptx .odp .key"),
    ("spreadsheets", "Save what it says as .docx or .txt", ".xls .xlsx .xlsm .ods .csv .tsv"),
    ("files", _MOVE, ".yml"),
    ("books", "Save a chapter as .docx or .txt", ".epub .mobi .azw .azw3"),
    ("web pages", "Save the page as .html, or ingest its address", ".mhtml .mht"),
    ("archives", _UNPACK, ".tar .gz .bz2 .xz .tgz .tbz2 .txz .7z .rar"),
)


def unsupported_refusal(suffix: str) -> Refusal | None:
    """Return the refusal of a file with this suffix; None if nothing is known about it."""
    for kind, remedy, suffixes in _KINDS:
        if suffix in suffixes.split():
            return Refusal(f"{kind} ending in {suffix} are not read", remedy)
    return None
