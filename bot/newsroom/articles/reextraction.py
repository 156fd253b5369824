"""Extract the stored articles again after the extractor has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot import store
from bot.newsroom.articles.article_intake import FILING_BATCH, ArticleIntake
from bot.newsroom.articles.extraction import ArticleReader, ExtractedArticle
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates
from bot.store import FiledArticle, StaleArticle


@dataclass(eq=False, repr=False, kw_only=True)
class Reextraction:
    """Replaces the claims that an earlier extractor found."""

    names: store.SpeakerNames
    extractor_versions: store.ExtractorVersions
    naming: store.NamingRules
    reader: ArticleReader
    articles: ArticleIntake
    updates: IndexUpdates
    now: Clock

    def reextract(self, *, all_articles: bool = False) -> Iterator[int]:
        """Extract the articles whose claims come from another extractor, or `all_articles`.

        Yields how many articles remain, first at the start and then after each batch. A batch and
        its extractor version are stored in one transaction, so an interrupted run is resumed by
        calling this again without `all_articles`. Imported claims are kept. A claim that is much
        the same as before keeps its id, so buttons, shares and corrections still find it. Arrival
        times do not change, so nothing becomes news for a digest.
        """
        version, last_id = self.reader.version, ""
        if all_articles:
            self.extractor_versions.mark_all_stale()
        remaining = self.extractor_versions.count_stale(version)
        yield remaining
        while batch := self.extractor_versions.stale_articles(
            version, after=last_id, limit=FILING_BATCH
        ):
            extracted_articles = self.reader.read([stale.article for stale in batch])
            self.extractor_versions.replace_claims(
                [
                    (stale, self._with_new_claims(stale, extracted))
                    for stale, extracted in zip(batch, extracted_articles, strict=True)
                ],
                now=self.now(),
            )
            last_id, remaining = batch[-1].article.id, max(0, remaining - len(batch))
            yield remaining
        self.updates.catch_up_if_free()
        self.names.rebuild(self.naming, self.now())

    def _with_new_claims(self, stale: StaleArticle, extracted: ExtractedArticle) -> FiledArticle:
        claims, changed_ids = self.articles.assign_stable_ids(
            stale.article.id, extracted, is_shown=True
        )
        return FiledArticle(
            stale.article,
            claims,
            extracted.paragraphs,
            is_known=True,
            extractor=self.reader.version,
            changed_claim_ids=changed_ids,
            read_to=extracted.read_to,
        )
