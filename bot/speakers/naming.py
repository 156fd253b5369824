"""Build the rules with which the store groups speakers' names.

They combine those of aliases.py with a newsroom's settings and its users' rulings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.config import Settings
from bot.fingerprints import naming_version
from bot.model import NameRuling
from bot.store import NamingRules, PrintedName

if TYPE_CHECKING:
    from bot.speakers.aliases import NameGrouper


def naming_rules(settings: Settings) -> NamingRules:
    """Return a newsroom's rules for grouping names.

    The code for grouping is imported only when it is first needed: a search does not need it.
    """

    @lru_cache(maxsize=1)  # the store groups many blocks with the same rulings
    def grouper(rulings: tuple[NameRuling, ...]) -> NameGrouper:
        from bot.speakers.aliases import NameGrouper
        from bot.speakers.rulings import combine_rulings

        known = settings.speakers + settings.outlets
        return NameGrouper(known, settings.apart, combine_rulings(rulings))

    def group(names: Mapping[str, str | None], rulings: Sequence[NameRuling]) -> Mapping[str, str]:
        return grouper(tuple(rulings)).group(names)

    return NamingRules(_blocks, group, naming_version(settings))


def _blocks(printed: Iterable[PrintedName]) -> Mapping[str, str]:
    """Map each name, including those with an acronym, to its block."""
    from bot.speakers.names import parse_name, with_acronym

    names = set()
    for name in printed:
        names.add(name.speaker)
        if name.capitals and (spelled_out := with_acronym(name.speaker, name.capitals)):
            names.add(spelled_out)
    return {name: parse_name(name).block for name in names}
