"""Sources who stay anonymous, even if the article says so only later.

"Two dockers said it leaks. Both spoke on condition of anonymity": both are unnamed then, and so is
"one of them".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import sentence_at
from bot.extract.speakers.kinds import is_plural
from bot.extract.speakers.resolution import Speaker
from bot.extract.words import words
from bot.languages.table import people, pronouns, references
from bot.text.quotes import is_quoted

MAX_DISTANCE = 600  # characters between those who speak and the sentence on their names


def anonymous_groups(
    text: str, paragraphs: Sequence[Paragraph], spoken: Sequence[tuple[int, Speaker]]
) -> frozenset[str]:
    """List the descriptions of an article's anonymous speakers.

    `spoken` holds speakers with their offsets, in order. A single word ("officials") may mean
    different people each time, so it is never listed.
    """
    kept = {speaker.group for _, speaker in spoken if speaker.kind == "unnamed"}
    starts = [paragraph.start for paragraph in paragraphs]
    for found in people.ANONYMITY_PHRASE.finditer(text):
        paragraph = paragraphs[bisect_right(starts, found.start()) - 1]
        if not is_quoted(text[paragraph.start : paragraph.end], found.start() - paragraph.start):
            first = sentence_at(text, paragraph, found.start())[0]
            kept.add(_subject_group(text, first, spoken))
    return frozenset(group for group in kept if group and len(group.split()) > 1)


def _subject_group(text: str, first: int, spoken: Sequence[tuple[int, Speaker]]) -> str | None:
    """Find the last described speaker that a sentence's subject may mean: "Both", "The person"."""
    subject = references.SENTENCE_SUBJECT.match(text, first)
    if not subject:
        return None
    noun, pronoun = (subject[name] and subject[name].lower() for name in ("noun", "pronoun"))
    several = (
        pronoun in references.PLURAL_SUBJECTS
        or noun in people.GROUPS
        or noun in {"people", "sources"}
    )
    if not several and not noun and pronoun not in pronouns.PERSONAL:
        return None
    for at in range(bisect_right(spoken, first, key=lambda each: each[0]) - 1, -1, -1):
        place, speaker = spoken[at]
        if first - place > MAX_DISTANCE:
            return None
        group = speaker.group
        if group and speaker.kind != "named" and is_plural(group) == several:
            same = not noun or noun in people.UNNAMED_HEADS or noun in words(group)
            return group if same else None
    return None
