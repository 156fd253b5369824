"""The attributions of an article whose speakers are known, in reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.extract.speakers.kinds import is_one_person
from bot.extract.speakers.names import Names
from bot.extract.words import head_phrase, words
from bot.languages.table import organisations, pronouns
from bot.model import SourceKind
from bot.text.spans import overlap

MAX_PARAGRAPHS_BACK = 2  # in which whom a source means is sought
MAX_RESOLVED_BACK = 100  # attributions; three paragraphs of prose never have so many


class Resolved(NamedTuple):
    """An attribution whose source has been resolved."""

    draft: Draft
    speaker: str
    kind: SourceKind


@dataclass(slots=True)
class History:
    """Looks up who has spoken before."""

    names: Names
    _resolved: list[Resolved] = field(default_factory=list)
    _positions: list[int] = field(default_factory=list)

    def add(self, draft: Draft, speaker: str, kind: SourceKind) -> None:
        """Add an attribution, unless it is only mentioned in what another speaker says."""
        earlier = self.between(draft.paragraph.start, draft.start + 1)
        if draft.outer or any(overlap(other.draft.content, draft.source) for other in earlier):
            return
        self._resolved.append(Resolved(draft, speaker, kind))
        self._positions.append(draft.start)

    def between(self, start: int, end: int) -> Iterator[Resolved]:
        """List the resolved attributions in a part of the article, last first.

        Only the last MAX_RESOLVED_BACK are listed: each draft asks for them.
        """
        end_index = bisect_left(self._positions, end)
        first_index = max(bisect_left(self._positions, start), end_index - MAX_RESOLVED_BACK)
        return reversed(self._resolved[first_index:end_index])

    def longer_description(self, core: str) -> str | None:
        """Find the earlier description to which "the advisers" refers, if there is only one."""
        article, *rest = core.lower().split()
        if len(rest) != 1 or article not in (
            pronouns.DEFINITE_ARTICLE,
            *pronouns.PLURAL_DEMONSTRATIVES,
        ):
            return None
        heads = ((head_phrase(one.speaker), one.speaker) for one in self._resolved)
        longer = {
            speaker
            for head, speaker in heads
            if head.lower().endswith(f" {rest[0]}") and speaker.lower() != core.lower()
        }
        only = longer.pop() if len(longer) == 1 else None
        return only if only and self.names.is_unambiguous(rest[0], only) else None

    def is_body(self, speaker: str, kind: SourceKind) -> bool:
        """Tell whether a speaker is a body, not a person."""
        if kind == "named" and speaker[:1].isupper():
            return self.names.is_body(speaker) or self.names.possible_person(speaker) is None
        return not is_one_person(speaker) and not organisations.ORGANISATIONS.isdisjoint(
            words(head_phrase(speaker))
        )


def paragraphs_before(paragraphs: Sequence[Paragraph], start: int) -> list[Paragraph]:
    """List the text paragraphs just before an offset."""
    index = bisect_left(paragraphs, start, key=lambda paragraph: paragraph.start)
    # Twice as many, because headings are skipped.
    before = paragraphs[max(0, index - 2 * MAX_PARAGRAPHS_BACK) : index]
    return [paragraph for paragraph in before if paragraph.kind == "text"][-MAX_PARAGRAPHS_BACK:]
