"""Merge and split speakers when people decide so."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot import store
from bot.errors import NotFoundError, QueryError
from bot.model import NameRuling, NameRulingKind
from bot.newsroom.providers import Clock
from bot.newsroom.speakers.printed import PrintedNames
from bot.words import say


@dataclass(eq=False, repr=False, kw_only=True)
class SpeakerRulings:
    """Merges and splits speakers.

    A ruling takes effect at once in every process. outlets.yml takes precedence: a ruling that
    contradicts it is refused. `press` identifies the press of a button: the same press again makes
    no second ruling but returns the first.
    """

    names: store.SpeakerNames
    name_rulings: store.NameRulings
    naming: store.NamingRules
    printed_names: PrintedNames
    now: Clock

    def merge(
        self, names: Sequence[str], *, team: str, press: str, person: str, person_name: str
    ) -> NameRuling:
        """Merge speakers under the name that outlets.yml has for one of them, or else the first.

        Raises NotFoundError if one of them is no longer known, QueryError if they are one speaker
        already or outlets.yml keeps them apart.
        """
        if existing := self.name_rulings.by_press(team, press):
            return existing
        pinned_names = set(self.printed_names.pinned_names.values())
        speakers = list(dict.fromkeys(map(self._canonical_name, names)))
        speakers.sort(key=lambda speaker: speaker not in pinned_names)
        if len(speakers) < 2:
            raise QueryError(say("speakers.one_already"))
        merged_names = tuple(dict.fromkeys((*speakers, *sorted(self.names.aliases_of(speakers)))))
        ruling = self._make_ruling("merged", (merged_names,), team, press, person, person_name)
        stored = self.name_rulings.add(
            ruling,
            self.naming,
            is_effective=lambda canonical: (
                len({canonical.get(speaker, speaker) for speaker in speakers}) == 1
            ),
        )
        if stored is None:
            raise QueryError(say("speakers.kept_apart"), remedy=say("speakers.settled"))
        return stored

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
        """Split the names in `others` off from a speaker, as the names of another one.

        Raises NotFoundError if the names no longer belong to the speaker, QueryError if outlets.yml
        joins them.
        """
        if existing := self.name_rulings.by_press(team, press):
            return existing
        speaker = self._canonical_name(name)
        aliases = sorted(self.names.aliases_of([speaker]))
        split_names = tuple(alias for alias in aliases if alias in others)
        if not split_names or len(split_names) < len(set(others)):
            raise NotFoundError(say("speakers.not_theirs"), remedy=say("speakers.look_again"))
        remaining_names = (speaker, *(alias for alias in aliases if alias not in split_names))
        ruling = self._make_ruling(
            "split", (remaining_names, split_names), team, press, person, person_name
        )
        stored = self.name_rulings.add(
            ruling,
            self.naming,
            is_effective=lambda canonical: {
                canonical.get(alias, alias) for alias in remaining_names
            }.isdisjoint(canonical.get(alias, alias) for alias in split_names),
        )
        if stored is None:
            raise QueryError(say("speakers.kept_joined"), remedy=say("speakers.settled"))
        return stored

    def undo(self, ruling_id: str, *, team: str | None, person: str) -> NameRuling:
        """Undo a ruling; if `team` is given, only one made in that workspace.

        Raises NotFoundError.
        """
        return self.name_rulings.undo(
            ruling_id, team=team, person=person, now=self.now(), naming=self.naming
        )

    def _canonical_name(self, name: str) -> str:
        """Return the canonical name for a printed name. Raises NotFoundError."""
        if canonical := self.names.canonical_names([name]):
            return canonical[name]
        if self.names.is_canonical(name):
            return name
        raise NotFoundError(say("speakers.gone", name=name), remedy=say("speakers.look_again"))

    def _make_ruling(
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
