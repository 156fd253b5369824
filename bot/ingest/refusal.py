"""Why a file is no article, told by the part of the room that found out."""

from __future__ import annotations


class Refusal(Exception):
    """Say why a file cannot be read and what to do; `read()` adds the file's name."""

    def __init__(self, cause: str, remedy: str) -> None:
        self.cause, self.remedy = cause, remedy
        super().__init__(cause)
