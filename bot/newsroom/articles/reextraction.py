"""The use case of a new extractor: read again what another one has read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot import store
from bot.ingest import with_head
from bot.model import Article
from bot.newsroom.articles.article_intake import FILING_BATCH, ArticleIntake
from bot.newsroom.articles.extraction import ArticleReader, ExtractedArticle
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates
from bot.store import FiledArticle, StaleArticle


@dataclass(eq=False, repr=False, kw_only=True)
class Reextraction:
    """Replace the claims that an earlier extractor found."""

    names: store.SpeakerNames
    readings: store.ExtractorVersions
    naming: store.NamingRules
    reader: ArticleReader
    articles: ArticleIntake
    updates: IndexUpdates
    now: Clock

    def reextract(self, *, all_articles: bool = False) -> Iterator[int]:
        """Read the stored articles that another extractor has read, or with `all_articles` all of them,
        and yield how many are left, at first and after every batch.

        A batch is stored in one transaction, with who has read it: whatever stops this, the next
        call goes on from there, `all_articles` left out. Only extracted claims are replaced, never those
        that were imported. A claim that says much the same as before keeps its id, so that buttons,
        shares and people's corrections, which are laid over what is found now, still find it.
        What a plain file prints above its story becomes known of its article, in the same version.
        Articles keep their arrival: nothing of this is news to a digest.
        """
        version, after = self.reader.version, ""
        if all_articles:
            self.readings.mark_all_stale()
        left = self.readings.count_stale(version)
        yield left
        while unread := self.readings.stale_articles(version, after=after, limit=FILING_BATCH):
            known = [with_head(one.article) for one in unread]
            read = [
                (one, self._reread(one, article, new))
                for one, article, new in zip(unread, known, self.reader.read(known), strict=True)
            ]
            self.readings.replace_claims(read, now=self.now())
            after, left = unread[-1].article.id, max(0, left - len(unread))
            yield left
        self.updates.catch_up_if_free()
        self.names.rebuild(self.naming, self.now())

    def _reread(self, one: StaleArticle, article: Article, new: ExtractedArticle) -> FiledArticle:
        claims, changed = self.articles.assign_stable_ids(article.id, new, is_shown=True)
        if article != one.article:
            changed = [claim.id for claim in claims]  # each is shown with its article's title
        return FiledArticle(
            article,
            claims,
            new.paragraphs,
            is_known=True,
            extractor=self.reader.version,
            changed=changed,
        )
