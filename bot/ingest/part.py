"""What a format's reader gives of a file: its articles, one after the other."""

from __future__ import annotations

from typing import NamedTuple

from bot.ingest.metadata import Known


class Part(NamedTuple):
    """The text of one article with what the file itself says of it.

    `place` is where in the file it stands, if it does not fill it: "line 3", "story.html".
    """

    text: str
    known: Known
    place: str = ""
