"""How the store groups the names of speakers: by the rules of aliases.py, a newsroom's settings,
and what its people have ruled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.fingerprints import naming_version
from bot.model import NameRuling
from bot.store import NamingRules, PrintedName

if TYPE_CHECKING:
    from bot.speakers.aliases import NameGrouper


def naming_rules(settings: Settings) -> NamingRules:
    """The naming by which a newsroom's names meet."""
    rules = _Rules(settings)
    return NamingRules(rules.blocks, rules.group, naming_version(settings))


class _Rules:
    """Loads the rules when a name is to be grouped: a question needs none of them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._made: tuple[tuple[NameRuling, ...], NameGrouper] | None = None

    def _aliases(self, rulings: Sequence[NameRuling]) -> NameGrouper:
        """The rules with these rulings; a batch asks for many blocks by the same ones."""
        from bot.speakers.aliases import NameGrouper
        from bot.speakers.rulings import combine_rulings

        made, wanted = self._made, tuple(rulings)
        if made and made[0] == wanted:
            return made[1]
        known = self._settings.speakers + self._settings.outlets
        aliases = NameGrouper(known, self._settings.apart, combine_rulings(wanted))
        self._made = wanted, aliases
        return aliases

    def blocks(self, printed: Iterable[PrintedName]) -> Mapping[str, str]:
        from bot.speakers.names import parse_name, with_acronym

        found = set()
        for one in printed:
            found.add(one.speaker)
            if one.capitals and (spelled := with_acronym(one.speaker, one.capitals)):
                found.add(spelled)
        return {name: parse_name(name).block for name in found}

    def group(
        self, names: Mapping[str, str | None], rulings: Sequence[NameRuling]
    ) -> Mapping[str, str]:
        return self._aliases(rulings).group(names)
