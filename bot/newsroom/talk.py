"""Use cases that remember what was asked and shared in Slack, by workspace."""

from __future__ import annotations

from bot.model import Claim, Share
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

    def begin_share(self, share: Share) -> bool:
        """Note that a claim is about to be posted; False if this press is noted already."""
        return self.store.conversations.begin_share(share, pressed_at=self.now())

    def record_share(self, share: Share, ts: str, shown: Claim) -> None:
        """Note that a claim stands in its channel as message `ts`, as it is `shown` there."""
        self.store.conversations.record_share(share, ts=ts, shown=shown, now=self.now())

    def drop_share(self, share: Share) -> None:
        """Forget a share that Slack did not post: it may be pressed again."""
        self.store.conversations.drop_share(share)
