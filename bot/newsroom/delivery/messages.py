"""Load posted messages with the current state of their claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import store
from bot.errors import NotFoundError
from bot.model import ANYONE, CurrentClaim, Digest, DigestRow
from bot.newsroom.articles.shown_claims import ShownClaims
from bot.newsroom.digests.snapshots import restore_digest
from bot.newsroom.search.disputes import Disputes
from bot.store import DigestClaim, MessageClaim, MessageKey, is_same_wording, wording_hash
from bot.words import say


@dataclass(eq=False, repr=False, kw_only=True)
class Messages:
    """Loads posted messages."""

    archive: store.Archive
    posted_messages: store.PostedMessages
    claims: ShownClaims
    disputes: Disputes

    def posted_digest(self, key: MessageKey) -> Digest | None:
        """Return a posted digest with the current state of its claims, or None if there is none."""
        posted = self.posted_messages.digest(key)
        if not posted:
            return None
        return restore_digest(posted, self._current(posted.shown))

    def digest_row(self, key: MessageKey, claim_id: str) -> DigestRow:
        """Return the row of a posted digest that shows a claim, its denial or what was said before.

        Raises NotFoundError.
        """
        digest = self.posted_digest(key)
        for row in digest.rows if digest else ():
            shown = [*(dispute.hit for dispute in row.disputes), row.earlier]
            if claim_id in (row.claim_id, *(hit.claim.id for hit in shown if hit)):
                return row
        raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))

    def current_claims(
        self, shown: Sequence[MessageClaim] | Sequence[DigestClaim], viewer: str = ANYONE
    ) -> list[CurrentClaim]:
        """Return the current state of the claims that a message shows to a viewer, and what
        disputes them."""
        current = self._current(shown, viewer)
        hits = iter(self.disputes.with_disputes(claim.hit for claim in current if claim.hit))
        return [replace(claim, hit=next(hits)) if claim.hit else claim for claim in current]

    def _current(
        self, shown: Sequence[MessageClaim] | Sequence[DigestClaim], viewer: str = ANYONE
    ) -> list[CurrentClaim]:
        ids = [claim.claim_id for claim in shown]
        hits, gone = self.claims.load_hits(ids, viewer), self.posted_messages.gone_claims_by_id(ids)
        current = []
        for claim in shown:
            if hit := hits.get(claim.claim_id):
                is_changed = not is_same_wording(wording_hash(hit.claim), claim.wording)
                current.append(CurrentClaim(hit=hit, changed=is_changed))
            else:
                current.append(CurrentClaim(gone=gone.get(claim.claim_id)))
        return current
