"""Transcripts with times: subtitles (`.srt`) and WebVTT (`.vtt`).

Captions are joined to paragraphs that start as printed transcripts do: "[00:14:05] FALK: It leaks."
The extractor reads the time and the speaker from there (bot/extract/spans/transcripts.py).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from bot.ingest.formats import charsets
from bot.ingest.metadata import drop_empty
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

MAX_PARAGRAPH_LENGTH = 450
"""Characters after which a speaker's next sentence is a new paragraph, with its own time."""
MAX_UNPUNCTUATED_LENGTH = 900
"""The same where no sentence ends: captions made by machines have no full stops."""
LONG_PAUSE = 4.0
"""Seconds of silence after which a sentence is a new paragraph."""

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}.*")
_SRT = re.compile(
    rb"\s*\d+[ \t]*\r?\n[ \t]*(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3}|:\d{2})[ \t]*-->[ \t]*\d"
)
_VTT = re.compile(rb"WEBVTT(?:[ \t\r\n]|\Z)")
_VTT_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z-]+)", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^ \t<>]*+)?[ \t]++([^<>]++)>")
_TAG = re.compile(r"<[^>\n]{0,200}>|\{\\[^}\n]{0,100}\}")
_SOUND = re.compile(r"[\[(*♪♫][^\])*♪♫\n]{0,60}[\])*♪♫]")
_BRACKETED_NAME = re.compile(r"[\[(](?P<name>[^\W\d_][^\])\n:]{0,40})[\])]\s+(?=\S)")
_SOUND_WORD = re.compile(
    r"\b(?:music|song|singing|applause|applauds|laugh\w*|cheer\w*|crowd|playing|speaking|speaks|noise"
    r"|sigh\w*|cough\w*|pause|silence|inaudible|indistinct|chatter|foreign|voice|theme|continues)\b",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"<font[^<>]*color=[\"']?([#\w]+)", re.IGNORECASE)
_LAST_NAME_FIRST = re.compile(
    r"(?P<last>(?:[a-zà-ÿ’']+ ){0,2}[^\W\d_][\w’'-]*), (?P<first>[^\W\d_](?:[\w’' -]*\w)?)"
    r"(?P<firm> \([^)]*\))?"
)
_TURN_MARK = re.compile(r"\s*(?:>>+|[-–—](?=\s|\w))\s*")
_NAME = re.compile(
    r"\[?(?P<name>(?:[^\W\d_][\w.’'-]*)(?: (?:[^\W\d_][\w.’'-]*|\d{1,2})){0,4})\]?"
    r"(?: \((?P<role>[^)\n]{1,60})\))?\]?:(?=\s|$)\s*"
)
_SENTENCE_END = re.compile(r"[.?!…][”’\"')\]]*$")


class _Caption(NamedTuple):
    """A caption's start and end in seconds, and its lines."""

    start: float
    end: float
    lines: tuple[str, ...]


class _Line(NamedTuple):
    """What is said from a time on; `speaker` is None if it is still the same, "" if unknown."""

    start: float
    end: float
    speaker: str | None
    text: str


def recognises(head: bytes) -> bool:
    """Whether a file starts as SubRip or WebVTT does."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    return bool(_VTT.match(head) or _SRT.match(head))


def read(raw: bytes) -> Iterator[ParsedArticle]:
    """Read a transcript as one article, a paragraph for each turn, or for each part of a long one.

    Descriptions of sounds, positions and fonts are left out. Raises Refusal.
    """
    text = charsets.decode_by_mark(raw)
    source = charsets.decode(raw, "") if text is None else text
    captions = list(_parse_captions(source))
    if not captions:
        raise Refusal("there is no line with a time in it", "Save it as .srt or .vtt again")
    paragraphs = list(_join(_spoken_lines(captions)))
    if not paragraphs:
        raise Refusal("nobody says anything in it", "Check that it is the right file")
    is_vtt = source.startswith("WEBVTT")
    header = source.partition("\n\n")[0] if is_vtt else ""
    language = match[1] if (match := _VTT_LANGUAGE.search(header)) else ""
    yield ParsedArticle("\n\n".join(paragraphs), drop_empty(language=language))


def _parse_captions(source: str) -> Iterator[_Caption]:
    """Yield the captions: a line with times, and the lines below it down to a blank one."""
    lines = source.splitlines()
    timings = [index for index, line in enumerate(lines) if "-->" in line and _TIMING.match(line)]
    for index, next_index in pairwise([*timings, len(lines)]):
        start, end = _seconds(lines[index])
        body: list[str] = []
        for line in lines[index + 1 : next_index]:
            if not line.strip():
                break
            body.append(line)
        if next_index < len(lines) and body and body[-1].strip().isdecimal():
            body.pop()  # the number of the next caption, if no blank line is above it
        yield _Caption(start, end, tuple(body))


def _seconds(timing: str) -> tuple[float, float]:
    match = _TIMING.match(timing)
    parts = match.groups(default="0") if match else ("0",) * 8
    start, end = (
        int(hours) * 3600 + int(minutes) * 60 + float(f"{seconds}.{fraction}")
        for hours, minutes, seconds, fraction in (parts[:4], parts[4:])
    )
    return start, end


def _spoken_lines(captions: Iterable[_Caption]) -> Iterator[_Line]:
    """Yield what is said, without markup and sounds; rolling captions repeat lines only once."""
    raw_lines = [(caption, line) for caption in captions for line in caption.lines]
    counts = Counter(
        match["name"]
        for _, line in raw_lines
        if (match := _NAME.match(_clean(_TURN_MARK.sub("", line, count=1))))
    )
    previous = colour = ""
    for caption, line in raw_lines:
        if (text := _clean(line)) and text != previous:
            spoken = _parse_line(caption, line, counts)
            match = _COLOUR.search(line)
            # Some broadcasters give each speaker a colour instead of a name.
            if spoken.speaker is None and match and match[1] != colour and colour:
                spoken = spoken._replace(speaker="")
            colour = match[1] if match else colour
            yield spoken
        previous = text or previous


def _clean(line: str) -> str:
    """Return a line's words."""
    text = html.unescape(_TAG.sub("", line)).replace("\u200e", "").replace("\0", "")
    return " ".join(_SOUND.sub(" ", text).strip("♪♫ ").split())


def _parse_line(caption: _Caption, line: str, counts: Counter[str]) -> _Line:
    speaker: str | None = None
    if voice := _VOICE.search(line):
        speaker = _first_name_first(" ".join(html.unescape(voice[1]).split()))
    if speaker is None and (bracketed := _BRACKETED_NAME.match(_TAG.sub("", line).strip())):
        speaker = bracketed["name"] if _is_full_name(bracketed["name"]) else None
    text = _clean(line)
    if mark := _TURN_MARK.match(text):
        speaker, text = speaker or "", text[mark.end() :]
    match = _NAME.match(text)
    if match and (mark or _is_name(match["name"], text[match.end() :], counts)):
        speaker, text = match["name"], text[match.end() :]
    return _Line(caption.start, caption.end, speaker, text)


def _first_name_first(name: str) -> str:
    """Return "Edda Marsh" for "Marsh, Edda"; "Edda Marsh, mayor" and "Marsh, MP" stay."""
    match = _LAST_NAME_FIRST.fullmatch(name)
    if not match:
        return name
    first, last = match["first"], match["last"]
    are_names = all(word[0].isupper() for word in first.split())
    is_title = len(first) > 1 and first.isupper() and not last.isupper()
    return f"{first} {last}{match['firm'] or ''}" if are_names and not is_title else name


def _is_full_name(words: str) -> bool:
    """Whether words in brackets name a speaker rather than a sound."""
    names = words.split()
    is_title = len(names) > 1 and all(name[0].isupper() for name in names)
    return is_title and not words.isupper() and not _SOUND_WORD.search(words)


def _is_name(name: str, content: str, counts: Counter[str]) -> bool:
    """Whether words before a colon name a speaker: in capitals, or two names, or in a dialogue.

    Where all is in capitals, as in live captions, only a name that returns counts.
    """
    words = name.split()
    if name.isupper():
        return len(name) > 1 and (not content.isupper() or counts[name] > 1)
    is_title = all(word[0].isupper() or word[0].isdigit() for word in words)
    return is_title and (len(words) > 1 or max(counts.values()) > 1)


def _join(lines: Iterable[_Line]) -> Iterator[str]:
    speaker, start, end, pieces = "", 0.0, 0.0, list[str]()
    for line in lines:
        changes = line.speaker is not None and (line.speaker != speaker or not line.speaker)
        if pieces and (changes or _is_full(" ".join(pieces), line.start - end)):
            yield _paragraph(start, speaker, pieces)
            pieces = []
        if line.speaker is not None:
            speaker = line.speaker
        if line.text:
            start = start if pieces else line.start
            pieces.append(line.text)
        end = line.end
    if pieces:
        yield _paragraph(start, speaker, pieces)


def _is_full(text: str, pause: float) -> bool:
    if len(text) > MAX_UNPUNCTUATED_LENGTH:
        return True
    is_long = len(text) > MAX_PARAGRAPH_LENGTH or pause > LONG_PAUSE
    return is_long and bool(_SENTENCE_END.search(text))


def _paragraph(start: float, speaker: str, pieces: Iterable[str]) -> str:
    minutes, seconds = divmod(int(start), 60)
    hours, minutes = divmod(minutes, 60)
    name = f"{speaker}: " if speaker else ""
    return f"[{hours:02}:{minutes:02}:{seconds:02}] {name}{' '.join(pieces)}"
