"""Why a file, or something in it, is no article, told by the part of the room that found out."""

from __future__ import annotations


class Refusal(Exception):
    """Say why a file cannot be read and what to do; `read()` adds the file's name.

    `place` is where in the file it is, if not all of it ("line 3", "photo.xml"). One that
    `is_skipped` is well formed, but a picture, an event or the like, which is passed over.
    """

    cause: str
    remedy: str
    place: str
    is_skipped: bool

    def __init__(
        self, cause: str, remedy: str, *, place: str = "", is_skipped: bool = False
    ) -> None:
        self.cause, self.remedy, self.place, self.is_skipped = cause, remedy, place, is_skipped
        super().__init__(cause)
