"""The use case of a new extractor: read again what another one has read."""

from __future__ import annotations

from collections.abc import Iterator

from bot.newsroom.filing import TOGETHER, Filing


class Reextracting(Filing):
    """Replace the claims that an earlier extractor found."""

    def reextract(self, *, again: bool = False) -> Iterator[int]:
        """Read the stored articles that another extractor has read, or with `again` all of them,
        and yield how many are left, at first and after every batch.

        A batch is stored in one transaction, with who has read it: whatever stops this, the next
        call goes on from there, `again` left out. Only extracted claims are replaced, never those
        that were imported. A claim whose content stayed keeps its id, so that buttons, shares and,
        one day, people's corrections, which are kept beside the claims by that id, still find it.
        Articles keep their arrival: nothing of this is news to a digest.
        """
        version, after = self.extractor_version, ""
        if again:
            self.store.readings.forget()
        left = self.store.readings.count_unread(version)
        yield left
        while unread := self.store.readings.unread(version, after=after, limit=TOGETHER):
            found = self.extractor.extract_many(one.article for one in unread)
            read = [
                (one, self._filed(one.article, extraction, is_known=True))
                for one, extraction in zip(unread, found, strict=True)
            ]
            self.store.readings.replace(read)
            after, left = unread[-1].article.id, max(0, left - len(unread))
            yield left
        self.catch_up_if_free()
        self.store.names.rebuild(self.naming)
