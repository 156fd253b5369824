"""Files whose text could be read if they were saved differently, and how to get it."""

from __future__ import annotations

from bot.ingest.refusal import Refusal

_ADVICE = {
    "If it is a scan, run OCR on it, e.g. with ocrmypdf, and ingest the PDF": (
        ".bmp .gif .heic .jpeg .jpg .png .svg .tif .tiff .webp"
    ),
    "Ingest a transcript: .srt, .vtt, or .txt with lines like NAME: words": (
        ".avi .m4a .mkv .mov .mp3 .mp4 .ogg .wav .webm"
    ),
    "Save it as .docx or .pdf": (
        ".doc .docm .dot .dotx .rtf .pages .wpd .wps .sxw .fodt .ppt .pptx .odp .key"
    ),
    "Save what it says as .docx, .pdf or .txt": ".xls .xlsx .xlsm .ods .numbers .csv .tsv",
    "It states an article's metadata: put that beside it in a folder, under the same name": ".yml",
    "Save a chapter as .docx or .txt": ".epub .mobi .azw .azw3",
    "Save the page as .html, or ingest its address": ".mhtml .mht",
    "Unpack it, and ingest the folder, or pack it as .zip": (
        ".tar .gz .bz2 .xz .tgz .tbz2 .txz .7z .rar"
    ),
}
REMEDIES = {suffix: remedy for remedy, suffixes in _ADVICE.items() for suffix in suffixes.split()}
"""What to do with files that are not read, by suffix."""


def unsupported_refusal(suffix: str) -> Refusal | None:
    """Return the refusal of a file with this suffix; None if nothing is known about it."""
    remedy = REMEDIES.get(suffix)
    return Refusal(f"files ending in {suffix} are not read", remedy) if remedy else None
