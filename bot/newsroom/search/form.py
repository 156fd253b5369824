"""The use case of the form: make a query of what was filled in, and say what there is to choose."""

from __future__ import annotations

from collections.abc import Sequence

from bot.newsroom.rooms import Rooms
from bot.search.language.fields import Fields, filled, written


class Asking(Rooms):
    """What a form asks for."""

    def written(self, fields: Fields) -> str:
        """The query, in the query language, of a form's fields. Raises QueryError."""
        return written(fields, self.now().astimezone().date())

    def filled(self, query: str, outlets: Sequence[str]) -> Fields:
        """What a form is filled in with to ask for a query; `outlets` can be chosen in it."""
        return filled(query, outlets, self.now().astimezone().date())

    def outlets(self, limit: int) -> Sequence[str]:
        """The outlets that can be chosen, those with most claims first."""
        return self.index.outlets(limit)
