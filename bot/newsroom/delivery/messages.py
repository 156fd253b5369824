"""Use cases around messages that stand in channels: what they should show by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import store
from bot.errors import NotFoundError
from bot.model import CurrentClaim, Digest, DigestRow, Hit
from bot.newsroom.digests.snapshots import restore_digest
from bot.newsroom.search.shown import ShownClaims
from bot.store import (
    DigestClaim,
    MessageClaim,
    MessageKey,
    PostedDigest,
    is_same_wording,
    wording_of,
)
from bot.words import say


@dataclass(eq=False, repr=False, kw_only=True)
class Messages:
    """Messages that have been posted."""

    archive: store.Archive
    posted: store.PostedMessages
    claims: ShownClaims

    def posted_digest(self, key: MessageKey) -> Digest | None:
        """The digest that stands as a message, as it should be by now; None where none does."""
        posted = self.posted.digest(key)
        return self._as_it_stands(posted) if posted else None

    def digest_row(self, key: MessageKey, claim_id: str) -> DigestRow:
        """The row of a digest that stands as a message which shows a claim, or its denial. Raises
        NotFoundError."""
        digest = self.posted_digest(key)
        for row in digest.rows if digest else ():
            if claim_id in (row.claim_id, *(one.hit.claim.id for one in row.disputes)):
                return row
        raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))

    def _as_it_stands(self, posted: PostedDigest) -> Digest:
        copies = {copy: self.archive.card(copy) for copy in posted.copies}
        return restore_digest(posted, self.current_claims(posted.shown), copies)

    def current_claims(
        self, shown: Sequence[MessageClaim] | Sequence[DigestClaim]
    ) -> list[CurrentClaim]:
        """The claims of a message as they stand by now."""
        ids = [one.claim_id for one in shown]
        present, gone = self.claims.by_id(ids), self.posted.gone(ids)
        found = (Hit(claim=claim, article=card, score=0.0) for claim, card in present.values())
        hits = {hit.claim.id: hit for hit in self.claims.with_passages(found)}
        out = []
        for one in shown:
            if hit := hits.get(one.claim_id):
                changed = not is_same_wording(wording_of(hit.claim), one.wording)
                out.append(CurrentClaim(hit=hit, changed=changed))
            else:
                out.append(CurrentClaim(gone=gone.get(one.claim_id)))
        return out
