"""Why a file, or something in it, cannot be read as an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class Refusal(Exception):
    """Say why a file cannot be read and what to do; `read()` adds the file's name.

    `place` is the position in the file, if it is only a part ("line 3", "photo.xml"). If
    `is_skipped`, the file is well formed but not an article: a picture, an event or the like. If
    `can_force`, it only does not look like an article, and can be read if a person says so.
    """

    cause: str
    remedy: str
    place: str = ""
    is_skipped: bool = False
    can_force: bool = False

    def __str__(self) -> str:
        return self.cause

    def with_place(self, place: str) -> Refusal:
        """Return the same refusal for another place in the file."""
        return Refusal(self.cause, self.remedy, place, self.is_skipped, self.can_force)

    def with_context(self, name: str) -> Refusal:
        """Return a refusal of the whole file that says that the mistake is in `name`."""
        return Refusal(f"in {name}, {self.cause}", self.remedy)


def comments_refusal(count: int) -> Refusal:
    """Return the refusal that says that a document's comments were left out."""
    comments = "comment is" if count == 1 else "comments are"
    cause = f"{count} {comments} not part of the text"
    return Refusal(cause, "Read them in the document", place="comments", is_skipped=True)


def no_article_refusal() -> Refusal:
    """Return the refusal of a file without articles."""
    return Refusal("it has no article in it", "Check whether it is the right file")


def too_large_refusal(max_bytes: int) -> Refusal:
    """Return the refusal of a file that is larger than an article may be."""
    remedy = "Split it, or raise ingest.max_megabytes in bot.yml"
    return Refusal(f"it is larger than {max_bytes:,} bytes", remedy)
