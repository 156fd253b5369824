"""Use cases that remember what was asked and shared in Slack, by workspace."""

from __future__ import annotations

from bot.newsroom.rooms import Rooms


class Talk(Rooms):
    """What people asked and what they shared."""

    def remember(self, team: str, person: str, query: str) -> str:
        """Keep a query and return the id by which the answer's buttons call it."""
        return self.store.conversations.remember(
            team=team, person=person, query=query, asked_at=self.now()
        )

    def recall(self, team: str, person: str, answer_id: str) -> str:
        """The query behind a button. Raises NotFoundError, also for somebody else's."""
        return self.store.conversations.recall(team=team, person=person, answer_id=answer_id)

    def record_share(self, *, team: str, channel: str, ts: str, claim_id: str, person: str) -> None:
        """Note that a claim was shared in a channel as message `ts`."""
        self.store.conversations.record_share(
            team=team,
            channel=channel,
            ts=ts,
            claim_id=claim_id,
            person=person,
            shared_at=self.now(),
        )
