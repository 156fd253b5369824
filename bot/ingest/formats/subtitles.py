"""Transcripts with times: subtitles (`.srt`) and WebVTT (`.vtt`).

Captions are joined to paragraphs that start as printed transcripts do: "[00:14:05] FALK: It leaks."
The extractor reads the time and the speaker from there (bot/extract/spans/transcripts.py).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from bot.ingest.formats import charsets
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

MAX_PARAGRAPH_LENGTH = 450
"""Characters after which a speaker's next sentence is a new paragraph, with its own time."""

_TIMING = re.compile(
    r"^[ \t]*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,]\d{1,3})?[ \t]*-->[ \t]*\d.*\n?", re.MULTILINE
)
_START = re.compile(
    rb"WEBVTT(?:\s|\Z)|\s*\d+[ \t]*\r?\n[ \t]*[\d:]{1,6}:\d{2}[\d.,:]{0,4}[ \t]*-->[ \t]*\d"
)
_VOICE = re.compile(r"<v(?:\.[^ \t<>]*+)?[ \t]++([^<>]++)>")
_COLOUR = re.compile(r"<(?:font[ \t]|c\.)[^>\n]{0,200}>")
_TAG = re.compile(r"<[^>\n]{0,200}>|\{\\[^}\n]{0,100}\}")
_SOUND = re.compile(r"[\[(*♪♫][^\])*♪♫\n]{0,60}[\])*♪♫]")
_TURN_MARK = re.compile(rf"\s*(?:>>+|[-–—](?=\s|[^\W\d])|{_SOUND.pattern}:?)\s*")
"""A dash, or brackets around a sound or a name: what follows may be somebody else's."""
_WORD = r"[^\W\d_a-z][\w.’'-]*"
_NAME = re.compile(rf"(?P<name>{_WORD}(?: (?:[a-z]{{1,3}} ){{0,2}}(?:{_WORD}|\d\d?)){{0,4}}):\s+")
_SENTENCE_END = re.compile(r"[.?!…][”’\"')\]]*$")


def recognises(head: bytes) -> bool:
    """Whether a file starts as SubRip or WebVTT does."""
    return bool(_START.match(head.removeprefix(b"\xef\xbb\xbf")))


def read(raw: bytes) -> Iterator[ParsedArticle]:
    """Read a transcript as one article, a paragraph for each turn, or for each part of a long one.

    Descriptions of sounds, positions and fonts are left out. Raises Refusal.
    """
    text = charsets.decode_by_mark(raw)
    source = "\n".join((charsets.decode(raw, "") if text is None else text).splitlines())
    if not _TIMING.search(source):
        raise Refusal("there is no line with a time in it", "Save it as .srt or .vtt again")
    paragraphs = list(_join(list(_parse_lines(source))))
    if not paragraphs:
        raise Refusal("nobody says anything in it", "Check that it is the right file")
    yield ParsedArticle("\n\n".join(paragraphs), {})


def _parse_lines(source: str) -> Iterator[tuple[int, str | None, str]]:
    """Yield each line that is said, with its second and the speaker whom it marks.

    The speaker is "" for an unknown one, None if nothing marks a change. Lines that rolling
    captions repeat are yielded once.
    """
    has_voices = bool(_VOICE.search(source))
    previous = last_colour = ""
    parts = iter(_TIMING.split(f"{source}\n\n")[1:])
    for hours, minutes, seconds, body in zip(parts, parts, parts, parts, strict=True):
        start = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        caption, blank_line, _ = f"\n{body}".partition("\n\n")
        # Where a line holds two voices, each counts as a line.
        lines = [line for line in re.split(r"\n|(?=<v[ \t.])", caption) if line.strip()]
        if not blank_line and lines and lines[-1].strip().isdecimal():
            lines.pop()  # the number of the next caption
        voice = "" if has_voices else None
        for number, line in enumerate(lines):
            if match := _VOICE.search(line):
                voice = " ".join(html.unescape(match[1]).split())
            text = html.unescape(_TAG.sub("", line)).replace("\u200e", "").replace("\0", "")
            colour = "".join(_COLOUR.findall(line))  # another one may be another speaker's
            if (mark := _TURN_MARK.match(text)) or colour != last_colour:
                voice = voice or ""
            last_colour = colour
            said = _SOUND.sub(" ", text[mark.end() :] if mark else text)
            if said := " ".join(said.strip("♪♫ ").split()):
                if number or f"{voice}: {said}" != previous:
                    yield start, voice, said
                previous = f"{voice}: {said}"
                voice = None


def _join(lines: list[tuple[int, str | None, str]]) -> Iterator[str]:
    """Yield paragraphs, each with its time and its speaker.

    Words before a colon are a speaker if they return, or are in capitals as the rest is not. Else
    they stay in the text, for the extractor to judge, and the paragraph has no other speaker.
    """
    names = [match and match["name"] for match in (_NAME.match(f"{text} ") for *_, text in lines)]
    counts = Counter(names)
    paragraphs: list[tuple[int, str, str]] = []
    for (start, voice, text), name in zip(lines, names, strict=True):
        if name and not voice:
            content = text[len(name) + 1 :].strip()
            is_sure = counts[name] > 1 or (name.isupper() and not content.isupper())
            voice, text = (name, content) if is_sure else ("", text)
        first, speaker, said = paragraphs[-1] if paragraphs else (start, "", "")
        # Captions made by machines have no full stops.
        is_full = len(said) > MAX_PARAGRAPH_LENGTH * (1 if _SENTENCE_END.search(said) else 2)
        if paragraphs and voice != "" and voice in (None, speaker) and not is_full:
            paragraphs[-1] = (first, speaker, f"{said} {text}".strip())
        else:
            paragraphs.append((start, speaker if voice is None else voice, text))
    for start, speaker, said in paragraphs:
        clock = f"[{start // 3600:02}:{start // 60 % 60:02}:{start % 60:02}]"
        if said:
            yield f"{clock} {speaker}: {said}" if speaker else f"{clock} {said}"
