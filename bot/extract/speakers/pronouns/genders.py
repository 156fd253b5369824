"""Find out whether an article calls a person "he" or "she", if no title or role shows it."""

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


def find_usual_pronouns(
    text: str, paragraphs: Sequence[Paragraph], names: Names
) -> Iterator[tuple[str, str]]:
    """Yield each person with the pronoun that usually follows their name.

    Each sentence that names one person counts once, by the first pronoun after the name or at the
    start of the next sentence. Quotations don't count: their pronouns refer to other people.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for paragraph in paragraphs:
        if paragraph.kind == "text":
            for person, pronoun in _pronouns_in(text, paragraph, names):
                votes[person][pronoun] += 1
    for person, counts in votes.items():
        usual_pronoun, count = counts.most_common(1)[0]
        if count > 1 and count > 2 * (counts.total() - count):
            yield person, usual_pronoun


def _pronouns_in(text: str, paragraph: Paragraph, names: Names) -> Iterator[tuple[str, str]]:
    printed = text[paragraph.start : paragraph.end]
    quoted = quotation_mask(printed)
    for start, end in sentences(printed):
        mentions = [
            mention
            for mention in names.persons(paragraph.start + start, paragraph.start + end)
            if not quoted[mention.start - paragraph.start]
        ]
        if len({mention.name for mention in mentions}) != 1:
            continue
        position, person = mentions[0]
        search_span = position - paragraph.start, end + LOOKAHEAD
        for match in references.GENDERED_PRONOUN.finditer(printed, *search_span):
            if not quoted[match.start()]:
                is_male = gender(match[0].lower()) == "h"
                yield person, pronouns.HE if is_male else pronouns.SHE
                break
