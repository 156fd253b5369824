"""Whether an article calls a person "he" or "she", if no title or role shows it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.speakers.names import Names
from bot.extract.speakers.roles import gender
from bot.languages.table import pronouns, references
from bot.text.quotes import quotation_mask
from bot.text.sentences import sentences

LOOKAHEAD = 40  # characters of the next sentence in which the pronoun may occur


def usual_pronouns(
    text: str, paragraphs: Sequence[Paragraph], names: Names
) -> Iterator[tuple[str, str]]:
    """List persons with the pronoun that mostly follows where nobody else is named.

    Each sentence that names one person counts once, by the first pronoun after the name, or that
    opens the next sentence. Quotations don't count: they speak of others.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for paragraph in paragraphs:
        if paragraph.kind == "text":
            for person, pronoun in _in_paragraph(text, paragraph, names):
                votes[person][pronoun] += 1
    for person, counted in votes.items():
        (usual, most), *others = counted.most_common()
        if most > 1 and most > 2 * sum(count for _, count in others):
            yield person, usual


def _in_paragraph(text: str, paragraph: Paragraph, names: Names) -> Iterator[tuple[str, str]]:
    printed = text[paragraph.start : paragraph.end]
    inside = quotation_mask(printed)
    for start, end in sentences(printed):
        mentions = [
            mention
            for mention in names.persons(paragraph.start + start, paragraph.start + end)
            if not inside[mention.start - paragraph.start]
        ]
        if len({mention.name for mention in mentions}) != 1:
            continue
        place, person = mentions[0]
        for found in references.GENDERED_PRONOUN.finditer(
            printed, place - paragraph.start, end + LOOKAHEAD
        ):
            if not inside[found.start()]:
                is_man = gender(found[0].lower()) == "h"
                yield person, pronouns.HE if is_man else pronouns.SHE
                break
