"""The use cases of ruling on names: these are one speaker's, or these are not."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot import store
from bot.errors import NotFoundError, QueryError
from bot.model import NameRuling, NameRulingKind
from bot.newsroom.providers import Clock
from bot.newsroom.search.shown import PrintedNames
from bot.words import say


@dataclass(eq=False, repr=False, kw_only=True)
class SpeakerRulings:
    """Merge speakers, and split them.

    A ruling holds at once, in every process. What outlets.yml says goes before it: whoever rules
    otherwise is told so, and nothing is kept.
    """

    names: store.SpeakerNames
    name_rulings: store.NameRulings
    naming: store.NamingRules
    printed_names: PrintedNames
    now: Clock

    def merge(
        self, names: Sequence[str], *, team: str, press: str, person: str, person_name: str
    ) -> NameRuling:
        """Rule that some speakers are one, for whom the first name stands, or the one that
        outlets.yml has.

        Raises NotFoundError where one is not known (any more), QueryError where they are one
        already, or outlets.yml keeps them apart. The same press twice is one ruling.
        """
        if (known := self._pressed(team, press)) is not None:
            return known
        settled = set(self.printed_names.pinned.values())
        speakers = list(dict.fromkeys(map(self._speaker, names)))
        speakers.sort(key=lambda one: one not in settled)
        if len(speakers) < 2:
            raise QueryError(say("speakers.one_already"))
        joined = tuple(dict.fromkeys((*speakers, *sorted(self.names.aliases_of(speakers)))))
        ruling = self._ruling("merged", (joined,), team, press, person, person_name)
        kept = self.name_rulings.add(
            ruling, self.naming, follows=lambda now: len({now.get(n, n) for n in speakers}) == 1
        )
        if kept is None:
            raise QueryError(say("speakers.kept_apart"), remedy=say("speakers.settled"))
        return kept

    def split(
        self,
        name: str,
        others: Sequence[str],
        *,
        team: str,
        press: str,
        person: str,
        person_name: str,
    ) -> NameRuling:
        """Rule that some `others` of a speaker's names are somebody else's.

        Raises NotFoundError where they are not theirs (any more), QueryError where outlets.yml
        joins them. The same press twice is one ruling.
        """
        if (known := self._pressed(team, press)) is not None:
            return known
        speaker = self._speaker(name)
        every = [speaker, *sorted(self.names.aliases_of([speaker]))]
        gone = tuple(one for one in every[1:] if one in others)
        if not gone or len(gone) < len(set(others)):
            raise NotFoundError(say("speakers.not_theirs"), remedy=say("speakers.look_again"))
        left = tuple(one for one in every if one not in gone)
        ruling = self._ruling("split", (left, gone), team, press, person, person_name)
        kept = self.name_rulings.add(
            ruling,
            self.naming,
            follows=lambda now: {now.get(n, n) for n in left}.isdisjoint(
                now.get(n, n) for n in gone
            ),
        )
        if kept is None:
            raise QueryError(say("speakers.kept_joined"), remedy=say("speakers.settled"))
        return kept

    def undo(self, ruling_id: str, *, team: str | None, person: str) -> NameRuling:
        """Take a ruling back, of this workspace if one is named. Raises NotFoundError."""
        kept = self.name_rulings
        return kept.undo(ruling_id, team=team, by=person, now=self.now(), naming=self.naming)

    def _pressed(self, team: str, press: str) -> NameRuling | None:
        return self.name_rulings.by_press(team, press)

    def _speaker(self, name: str) -> str:
        """The speaker of a name, to the character. Raises NotFoundError."""
        if known := self.names.canonical_names([name]):
            return known[name]
        if self.names.is_canonical(name):
            return name
        raise NotFoundError(say("speakers.gone", name=name), remedy=say("speakers.look_again"))

    def _ruling(
        self,
        kind: NameRulingKind,
        sides: tuple[tuple[str, ...], ...],
        team: str,
        press: str,
        person: str,
        person_name: str,
    ) -> NameRuling:
        return NameRuling(
            id=secrets.token_hex(4),
            team=team,
            press=press,
            kind=kind,
            sides=sides,
            person=person,
            person_name=person_name,
            ruled_at=self.now(),
        )
