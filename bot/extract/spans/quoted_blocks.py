"""Find what is printed as a block of its own: a letter, a tweet or a statement after "> "."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft, sentence_at
from bot.extract.spans.signed_quotations import SIGNATURE, find_signature_line
from bot.extract.speakers.names import may_be_name
from bot.extract.words import words
from bot.languages.table import cue_verbs
from bot.model import Span
from bot.text.quotes import quotations
from bot.text.sentences import sentences

BLOCK = re.compile(r">+\s*")
WORD = re.compile(r"[^\W\d_]+")
CONFIDENCE = 0.85
UNKNOWN_CONFIDENCE = 0.6


def find_quoted_blocks(text: str, paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Find the quoted blocks, each with its signature or whoever introduces it as the source.

    Marks of a list look the same, so a block must be signed, quoted, introduced by a colon, longer
    than a sentence, or follow another block.
    """
    drafts: list[Draft] = []
    last: Draft | None = None
    before: Paragraph | None = None
    for paragraph, following in pairwise([*paragraphs, None]):
        if paragraph is None:
            break
        draft = _block(text, before, paragraph, following, last)
        if draft is not None:
            drafts.append(draft)
        last, before = draft, paragraph
    return drafts


def _block(
    text: str,
    before: Paragraph | None,
    paragraph: Paragraph,
    following: Paragraph | None,
    last: Draft | None,
) -> Draft | None:
    mark = BLOCK.match(text, paragraph.start, paragraph.end)
    if mark is None or paragraph.kind == "furniture" or mark.end() == paragraph.end:
        return None
    content = (mark.end(), paragraph.end)
    opening = ((content[0], content[0] + 1),)
    quoted = quotations(text[slice(*content)])
    is_quoted = bool(quoted) and quoted[0][0] == 0
    if is_quoted:
        content = (content[0], content[0] + quoted[-1][1])
        if signature := _signature(text, (content[1], paragraph.end), following):
            cue = signature.span("cue") if signature["cue"] else (content[0], content[0] + 1)
            return _draft(text, signature.span("who"), cue, content, CONFIDENCE)
    if last is not None:
        return Draft(
            last.source, opening, (content,), last.confidence, False, Paragraph(*content, "text")
        )
    if before is not None and text[before.end - 1] == ":":
        source = _introduced(text, before)
        if source is not None:
            return _draft(text, source, opening[0], content, CONFIDENCE)
        is_quoted = True
    if is_quoted or len(sentences(text[slice(*content)])) > 1:
        return Draft(
            (), opening, (content,), UNKNOWN_CONFIDENCE, False, Paragraph(*content, "text")
        )
    return None


def _draft(text: str, source: Span, cue: Span, content: Span, confidence: float) -> Draft:
    paragraph = Paragraph(min(source[0], content[0]), max(source[1], content[1]), "text")
    return Draft((source,), (cue,), (content,), confidence, False, paragraph)


def _signature(text: str, rest: Span, following: Paragraph | None) -> re.Match[str] | None:
    if text[slice(*rest)].strip():
        return SIGNATURE.fullmatch(text, *rest)
    return find_signature_line(text, rest[1], following) if following else None


def _introduced(text: str, before: Paragraph) -> Span | None:
    """Return the subject of the sentence that introduces a block: "Ida Falk, a reader, writes:"."""
    start, end = sentence_at(text, before, before.end)
    sentence = text[start:end]
    verb = next(
        (word for word in WORD.finditer(sentence) if word[0].lower() in cue_verbs.SPEECH_VERBS),
        None,
    )
    subject = sentence[: verb.start()].split(",")[0].rstrip() if verb else ""
    is_name = bool(words(subject)) and may_be_name(subject)
    return (start, start + len(subject)) if is_name else None
