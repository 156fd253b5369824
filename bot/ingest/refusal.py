"""Why a file, or something in it, is no article, told by the part of the room that found out."""

from __future__ import annotations


class Refusal(Exception):
    """Say why a file cannot be read and what to do; `read()` adds the file's name.

    `place` is where in the file it is, if not all of it ("line 3", "photo.xml"). One that
    `is_no_story` is well formed, but a picture, an event or the like, which is passed over.
    """

    cause: str
    remedy: str
    place: str
    is_no_story: bool

    def __init__(
        self, cause: str, remedy: str, *, place: str = "", is_no_story: bool = False
    ) -> None:
        self.cause, self.remedy, self.place, self.is_no_story = cause, remedy, place, is_no_story
        super().__init__(cause)
