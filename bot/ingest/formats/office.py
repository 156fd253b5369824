"""Make the article of a document that a word processor wrote: Word or OpenDocument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.ingest.formats.properties import drop_program_default, find_embargo
from bot.ingest.head import read_head
from bot.ingest.metadata import drop_empty
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal, comments_refusal

_SENTENCE_ENDS = (".", "!", "?", "”", '"')


class Paragraph(NamedTuple):
    """A paragraph's clean text, and whether it is formatted as a title."""

    text: str
    is_title: bool = False


class OfficeDocument(NamedTuple):
    """A document's paragraphs, and what is printed beside them, as paragraphs too.

    `title` and `author` are those of the properties. `comment_count` counts comments, which are not
    part of the text.
    """

    paragraphs: Sequence[Paragraph]
    text_boxes: Sequence[str] = ()
    notes: Sequence[str] = ()
    title: str = ""
    author: str = ""
    modified_at: datetime | None = None
    comment_count: int = 0


def make_article(document: OfficeDocument) -> Iterator[ParsedArticle | Refusal]:
    """Make the article; text boxes, footnotes and endnotes follow the text.

    The title is that of the properties if a person typed it, else the paragraph formatted as a
    title. A printed byline is preferred to the document's author. A Refusal says that comments were
    left out.
    """
    heading, paragraphs = _split_heading(document.paragraphs)
    head = read_head("\n\n".join([heading, *paragraphs]))
    title = drop_program_default(document.title) or heading
    if heading and heading != title:
        paragraphs.insert(0, heading)
    elif paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    text = "\n\n".join(filter(None, (*paragraphs, *document.text_boxes, *document.notes)))
    metadata = drop_empty(
        title=title,
        # The author may only have saved the file.
        byline=head.get("byline") or drop_program_default(document.author),
        modified_at=document.modified_at,
    )
    yield ParsedArticle(text, metadata | find_embargo(title, text))
    if count := document.comment_count:
        yield comments_refusal(count)


def _split_heading(paragraphs: Sequence[Paragraph]) -> tuple[str, list[str]]:
    """Return the paragraph formatted as a title, and the other paragraphs.

    The title is "" if there is none, or if a sentence precedes it.
    """
    heading = ""
    others: list[str] = []
    is_before_story = True
    for paragraph in paragraphs:
        if paragraph.text and paragraph.is_title and not heading and is_before_story:
            heading = paragraph.text
        elif paragraph.text:
            others.append(paragraph.text)
            is_before_story = is_before_story and not paragraph.text.endswith(_SENTENCE_ENDS)
    return heading, others
