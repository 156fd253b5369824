"""Use cases that remember what was asked in Slack, by workspace."""

from __future__ import annotations

from bot.newsroom.rooms import Rooms


class Talk(Rooms):
    """What people asked."""

    def remember(self, team: str, person: str, query: str) -> str:
        """Keep a query and return the id by which the answer's buttons call it."""
        return self.store.conversations.remember(
            team=team, person=person, query=query, asked_at=self.now()
        )

    def recall(self, team: str, person: str, answer_id: str) -> str:
        """The query behind a button. Raises NotFoundError, also for somebody else's."""
        return self.store.conversations.recall(team=team, person=person, answer_id=answer_id)
