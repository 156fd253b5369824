"""Which of "he" and "she" an article uses of a person, where no title or role tells."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.extract.paragraphs import Passage
from bot.extract.speakers.names import Names
from bot.extract.speakers.roles import gender
from bot.text.quotes import quoted
from bot.text.sentences import sentences

PRONOUN = re.compile(r"\b(?:he|his|him|himself|she|her|hers|herself)\b", re.IGNORECASE)
OPENING = 40  # characters in which the pronoun of the next sentence stands, if it goes on


def usual_pronouns(
    text: str, passages: Sequence[Passage], names: Names
) -> Iterator[tuple[str, str]]:
    """List persons with the pronoun that mostly follows where nobody else is named.

    Each sentence that names one person counts once, by the first pronoun behind the name, or that
    opens the next sentence. Quotations don't count: they speak of others.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for passage in passages:
        if passage.kind == "text":
            for person, pronoun in _in_passage(text, passage, names):
                votes[person][pronoun] += 1
    for person, counted in votes.items():
        (usual, most), *others = counted.most_common()
        if most > 1 and most > 2 * sum(count for _, count in others):
            yield person, usual


def _in_passage(text: str, passage: Passage, names: Names) -> Iterator[tuple[str, str]]:
    paragraph = text[passage.start : passage.end]
    inside = quoted(paragraph)
    for start, end in sentences(paragraph):
        mentions = [
            mention
            for mention in names.persons(passage.start + start, passage.start + end)
            if not inside[mention.start - passage.start]
        ]
        if len({mention.name for mention in mentions}) != 1:
            continue
        place, person = mentions[0]
        for found in PRONOUN.finditer(paragraph, place - passage.start, end + OPENING):
            if not inside[found.start()]:
                yield person, "he" if gender(found[0].lower()) == "h" else "she"
                break
