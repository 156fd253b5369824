"""The names that a page gives its outlet, of which the one that most statements repeat counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from urllib.parse import urlsplit

from bot.ingest.formats.html.titles import site_key, split_title

HOST_PREFIX = re.compile(r"^(?:www|m|mobile|amp)\.")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


class SiteNames:
    """Compares the outlet's names: `stated` in metadata, the most reliable first; those `printed`
    at the front page's link and in the copyright line; and the end of the window's title."""

    def __init__(
        self,
        stated: Sequence[str],
        window_title: str,
        headings: Sequence[str],
        printed: Sequence[str],
    ) -> None:
        self._stated = [name for name in stated if "://" not in name]
        self._printed_keys = set(map(site_key, printed))
        self._window_parts = [part for part in split_title(window_title) if part not in headings]

    @cached_property
    def outlet(self) -> str | None:
        """The outlet, None if unknown. A domain is only its name if there is no other."""
        names = [name for name in self._candidates if not _DOMAIN.fullmatch(name)]
        votes = Counter(map(site_key, names))
        names = names or self._candidates
        return max(names, key=lambda name: votes[site_key(name)], default=None)

    def names(self, addresses: Iterable[str]) -> list[str]:
        """Return all names of the outlet, with the hosts of its addresses."""
        hosts = [HOST_PREFIX.sub("", urlsplit(url).hostname or "") for url in addresses]
        labels = [host.partition(".")[0] for host in hosts]
        return list(filter(None, dict.fromkeys([*self._candidates, *hosts, *labels])))

    @cached_property
    def _candidates(self) -> list[str]:
        keys = {*map(site_key, self._stated), *self._printed_keys}
        # Alone, the end of the window's title may be a section.
        in_window = [part for part in reversed(self._window_parts) if site_key(part) in keys]
        return [*self._stated, *in_window[:1]]
