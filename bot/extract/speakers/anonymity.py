"""Find sources who stay anonymous, even if the article says so only later.

"Two dockers said it leaks. Both spoke on condition of anonymity": both are unnamed, and so is "one
of them".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from bot.extract.paragraphs import Paragraph, paragraph_at
from bot.extract.spans.drafts import sentence_at
from bot.extract.speakers.kinds import is_plural
from bot.extract.speakers.speaker_confidence import Speaker
from bot.extract.words import words
from bot.languages.table import people, pronouns, references
from bot.text.quotes import is_quoted

MAX_DISTANCE = 600  # characters between the speakers and the sentence about their anonymity


def anonymous_groups(
    text: str, paragraphs: Sequence[Paragraph], speakers: Sequence[tuple[int, Speaker]]
) -> frozenset[str]:
    """List the descriptions of an article's anonymous speakers.

    `speakers` are given with their offsets, in order. A single word ("officials") may mean
    different people each time, so it is never listed.
    """
    groups = {speaker.name for _, speaker in speakers if speaker.kind == "unnamed"}
    for phrase in people.ANONYMITY_PHRASE.finditer(text):
        start = phrase.start()
        paragraph = paragraph_at(paragraphs, start)
        if not is_quoted(text[paragraph.start : paragraph.end], start - paragraph.start):
            sentence_start = sentence_at(text, paragraph, start)[0]
            groups.add(_subject_group(text, sentence_start, speakers))
    return frozenset(group for group in groups if group and len(group.split()) > 1)


def _subject_group(
    text: str, sentence_start: int, speakers: Sequence[tuple[int, Speaker]]
) -> str | None:
    """Find the last described speaker that a sentence's subject may mean: "Both", "The person"."""
    subject = references.SENTENCE_SUBJECT.match(text, sentence_start)
    if not subject:
        return None
    noun, pronoun = (subject[name] and subject[name].lower() for name in ("noun", "pronoun"))
    plural = (
        pronoun in references.PLURAL_SUBJECTS
        or noun in people.GROUPS
        or noun in {"people", "sources"}
    )
    if not plural and not noun and pronoun not in pronouns.PERSONAL:
        return None
    count_before = bisect_right(speakers, sentence_start, key=lambda speaker: speaker[0])
    for position, speaker in reversed(speakers[:count_before]):
        if sentence_start - position > MAX_DISTANCE:
            return None
        group = speaker.name
        if group and speaker.kind != "named" and is_plural(group) == plural:
            may_be_subject = not noun or noun in people.UNNAMED_HEADS or noun in words(group)
            return group if may_be_subject else None
    return None
