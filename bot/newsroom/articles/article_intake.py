"""Add articles to the archive, release withheld ones and remove them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from bot import ingest, store
from bot.articles.archive_updates import RELEASE
from bot.articles.claim_matches import match_claims, with_stable_ids
from bot.articles.decision import Decision, Status, decide, keep_description
from bot.articles.identity import document_keys
from bot.articles.known_article import Arrival, HiddenVersion, KnownArticle
from bot.errors import IngestError, NotFoundError
from bot.model import Article, Claim, Document, Doubt, ReviewKind
from bot.newsroom.articles.claims import without_events
from bot.newsroom.articles.extraction import ArticleReader, ExtractedArticle, with_language
from bot.newsroom.clock import RECHECK_INTERVAL, CheckedClock
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates
from bot.store import FiledArticle, HistoryUpdate, Job
from bot.store.articles.lookup import Lookup

log = logging.getLogger(__name__)

FILING_BATCH = 32
"""Articles filed in one transaction: enough to be efficient, few enough that an interruption loses
little work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a document, with its article's id and current metadata.

    `characters` is the length of the text. `reason` says why the article is withdrawn or withheld,
    if known, or why a kill was not obeyed. With `has_same_text`, only metadata was updated. With
    `is_left_unchanged`, a person brought another text than everyone sees, which stays as it is.
    `review` and `doubt` are those of the article.
    """

    id: str
    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    language: str | None
    characters: int
    status: Status
    reason: str | None = None
    has_same_text: bool = False
    is_left_unchanged: bool = False
    review: tuple[ReviewKind, ...] = ()
    doubt: Doubt | None = None

    @property
    def is_unauthorised(self) -> bool:
        """Whether the document asked for a withdrawal for which its sender has no authority."""
        return self.status == "unchanged" and self.reason is not None


@dataclass(frozen=True, slots=True)
class IngestResult:
    """The outcomes of a source's documents, and an error for each unreadable part."""

    origin: str
    outcomes: tuple[Outcome, ...] = ()
    errors: tuple[IngestError, ...] = ()


@dataclass(eq=False, repr=False, kw_only=True)
class ArticleIntake:
    """Files documents as new articles, as versions of known ones, or as withdrawals."""

    archive: store.Archive
    names: store.SpeakerNames
    history: store.History
    jobs: store.Jobs
    naming: store.NamingRules
    reader: ArticleReader
    updates: IndexUpdates
    now: Clock
    clock: CheckedClock

    def ingest(
        self, documents: Sequence[Document], *, bulk: bool = False, reingest: bool = False
    ) -> list[Outcome]:
        """Extract and file documents; returns their outcomes in the same order.

        If several are versions of one article, the earlier ones are filed first. Articles of a
        `bulk` load appear in no digest. `reingest` brings back articles that were withdrawn or
        removed. Ingesting a document again changes nothing.
        """
        documents = [with_language(document) for document in documents]
        outcomes = self.ingest_without_indexing(documents, bulk=bulk, reingest=reingest)
        self.updates.catch_up_if_free()
        return outcomes

    def start_extraction(self, documents: Sequence[Document], *, reingest: bool) -> None:
        """Start the extraction of documents that will be ingested next.

        This only saves waiting; what becomes of the documents is decided when they are ingested.
        """
        lookup = self.archive.look_up(documents)
        decisions = (
            self._decide(document, known_article, is_reingest=reingest)
            for document, known_article in zip(documents, lookup.known_articles, strict=True)
        )
        self.reader.start(decision.article for decision in decisions if decision.article)

    def _decide(
        self, document: Document, known_article: KnownArticle, *, is_reingest: bool
    ) -> Decision:
        known = known_article.article or (known_article.hidden and known_article.hidden.document)
        if known and known.origin == document.origin and not ingest.states_metadata(known.origin):
            document = keep_description(document, known)
        now = self.clock.earliest_now()
        return decide(document, known_article, now=now, is_reingest=is_reingest)

    def ingest_without_indexing(
        self, documents: Sequence[Document], *, bulk: bool, reingest: bool
    ) -> list[Outcome]:
        """Ingest documents whose language is set; the caller updates the index."""
        outcomes: dict[int, Outcome] = {}
        for indices in _filing_rounds(documents):
            batch = [documents[index] for index in indices]
            batch_outcomes = self._ingest_batch(batch, bulk=bulk, reingest=reingest)
            outcomes |= dict(zip(indices, batch_outcomes, strict=True))
        return [outcomes[index] for index in range(len(documents))]

    def _ingest_batch(
        self, documents: Sequence[Document], *, bulk: bool, reingest: bool
    ) -> Iterator[Outcome]:
        """Ingest documents that share no key."""
        outcomes: dict[int, Outcome] = {}
        while pending := [index for index in range(len(documents)) if index not in outcomes]:
            lookup = self.archive.look_up([documents[index] for index in pending])
            decided_documents: dict[str, _DecidedDocument] = {}
            for index, known_article in zip(pending, lookup.known_articles, strict=True):
                # Two documents may turn out to be one article; the next round files the second.
                if known_article.article_id not in decided_documents:
                    decision = self._decide(documents[index], known_article, is_reingest=reingest)
                    decided_documents[known_article.article_id] = _DecidedDocument(
                        index, documents[index], known_article, decision
                    )
            skipped_ids = self._apply(
                list(decided_documents.values()), lookup.seq, "bulk" if bulk else "single"
            )
            # Skipped documents, whose article another process has changed, are decided again.
            outcomes |= {
                entry.index: _outcome(entry.document, entry.known_article.article, entry.decision)
                for article_id, entry in decided_documents.items()
                if article_id not in skipped_ids
            }
        return (outcomes[index] for index in range(len(documents)))

    def _apply(
        self, decided_documents: Sequence[_DecidedDocument], seq: int, arrival: Arrival
    ) -> set[str]:
        """Store the decisions; returns the ids of articles that another process has changed."""
        shown_articles = [
            (entry, entry.decision.article) for entry in decided_documents if entry.decision.article
        ]
        extracted_articles = self.reader.read([article for _, article in shown_articles])
        steps: dict[str, FiledArticle | HistoryUpdate] = {
            article.id: self._filed_article(
                article, extracted, entry.known_article, reinstates=entry.decision.reinstates
            )
            for (entry, article), extracted in zip(shown_articles, extracted_articles, strict=True)
        } | {
            entry.decision.history.article_id: entry.decision.history
            for entry in decided_documents
            if entry.decision.history
        }
        if not steps:
            return set()
        applied_documents = [
            entry for entry in decided_documents if entry.known_article.article_id in steps
        ]
        lookup = Lookup(
            seq,
            [entry.document for entry in applied_documents],
            [entry.known_article for entry in applied_documents],
        )
        return self._file(list(steps.values()), arrival, lookup)

    def _file(
        self,
        steps: Sequence[FiledArticle | HistoryUpdate],
        arrival: Arrival,
        lookup: Lookup | None = None,
    ) -> set[str]:
        hidden_ids = [
            step.article_id for step in steps if isinstance(step, HistoryUpdate) and step.demoted_to
        ]
        printed_names = self.names.printed_names(hidden_ids) if hidden_ids else []
        skipped_ids = self.archive.apply_steps(steps, arrival=arrival, now=self.now, lookup=lookup)
        if printed_names:
            self.names.remove_unused(printed_names, self.naming, self.now())
        return skipped_ids

    def _filed_article(
        self,
        article: Article,
        extracted: ExtractedArticle,
        known_article: KnownArticle,
        *,
        reinstates: bool,
    ) -> FiledArticle:
        """Combine an article with its claims, which keep their ids from the previous version."""
        is_shown = known_article.article is not None
        changed_ids: Sequence[str] = ()
        if known_article.latest_number:
            claims, changed_ids = self.assign_stable_ids(article.id, extracted, is_shown=is_shown)
        else:
            claims = without_events(extracted.claims)
        hidden_version = known_article.hidden
        return FiledArticle(
            article,
            claims,
            extracted.paragraphs,
            is_known=is_shown,
            extractor=self.reader.version,
            keys=known_article.new_keys,
            changed_claim_ids=changed_ids,
            reinstates=reinstates,
            # The withheld version, if this is the same text without its embargo.
            released_number=(
                hidden_version.number
                if hidden_version
                and hidden_version.state == "withheld"
                and hidden_version.number == article.version
                else 0
            ),
            read_to=extracted.read_to,
        )

    def assign_stable_ids(
        self, article_id: str, extracted: ExtractedArticle, *, is_shown: bool
    ) -> tuple[list[Claim], list[str]]:
        """Give extracted claims the ids that the same claims had before.

        Returns the claims and the ids of those that have changed. Events are left out, except those
        that were claims before and that people have seen in a message or corrected.
        """
        if is_shown:
            old_claims = self.archive.uncorrected_claims(article_id)
        else:
            old_claims = self.history.last_claims(article_id)
        matches = match_claims(old_claims, extracted.claims)
        earlier_claims = self.history.earlier_claims(article_id)
        claims = with_stable_ids(matches, self.history.gone_ids(article_id), earlier_claims)
        event_ids = {claim.id for claim in claims if claim.act == "event"}
        claims = without_events(claims, self.history.seen_ids(event_ids))
        changed_ids = [
            match.old.id
            for match in matches
            if match.old and (match.reads_differently or match.old.id in event_ids)
        ]
        return claims, changed_ids

    def release(self, article_id: str) -> Outcome | None:
        """Show an article whose embargo has ended; None if there is none to show, or if the clock
        is in doubt.

        Idempotent. If the embargo was moved to a later time, a job for that time is scheduled.
        """
        withheld = self.history.withheld_version(article_id)
        if withheld is None or withheld.release_at is None or self.clock.jump():
            return None
        if withheld.release_at > self.now():
            self.jobs.add(RELEASE, article_id, due_at=withheld.release_at)
            return None
        return self._show_withheld(article_id, withheld, is_manual=False)

    def release_manually(self, article_ids: Sequence[str]) -> list[Outcome]:
        """Show withheld articles now, even if their embargo has not ended.

        Articles that another process has just changed are left out. Raises NotFoundError, before
        anything is shown, if any of them is not withheld.
        """
        versions = {
            article_id: self.history.withheld_version(article_id) for article_id in article_ids
        }
        if missing := [article_id for article_id, version in versions.items() if version is None]:
            raise NotFoundError(
                "these are not withheld",
                subject=", ".join(missing),
                remedy="claimdesk release lists what is. Nothing was changed.",
            )
        outcomes = (
            self._show_withheld(article_id, version, is_manual=True)
            for article_id, version in versions.items()
            if version
        )
        return [outcome for outcome in outcomes if outcome]

    def _show_withheld(
        self, article_id: str, withheld: HiddenVersion, *, is_manual: bool
    ) -> Outcome | None:
        document = withheld.document
        (known_article,) = self.archive.look_up([document]).known_articles
        if known_article.exclusion and known_article.exclusion.article_id != article_id:
            return self._withdraw(article_id, document, known_article.exclusion.reason)
        number = withheld.number
        if is_manual:
            # The withheld version stays in the history, since it may be sent again.
            number = 1 + max(version.number for version in self.history.versions(article_id))
        metadata = asdict(replace(document, status="usable"))
        article = Article(id=article_id, version=number, **metadata)
        (extracted,) = self.reader.read([article])
        claims, _ = self.assign_stable_ids(article_id, extracted, is_shown=False)
        filed_article = FiledArticle(
            article,
            claims,
            extracted.paragraphs,
            extractor=self.reader.version,
            released_number=withheld.number,
            read_to=extracted.read_to,
        )
        if self._file([filed_article], withheld.arrival):
            return None  # another process has just changed, withdrawn or released it
        log.info("article %s is released: %s", article_id, _release_reason(withheld, is_manual))
        self.updates.catch_up_if_free()
        decision = Decision(status="new", article_id=article_id, article=article)
        return _outcome(document, None, decision)

    def _withdraw(self, article_id: str, document: Document, reason: str) -> Outcome:
        step = HistoryUpdate(article_id=article_id, demoted_to="withdrawn", reason=reason)
        self._file([step], "single")
        decision = Decision(status="withdrawn", article_id=article_id, reason=reason)
        return _outcome(document, None, decision)

    def handle_release_job(self, job: Job) -> datetime | None:
        """Show the article of a job, if its embargo has ended; returns when to try again if the
        clock is in doubt."""
        if self.clock.jump():
            return self.now() + RECHECK_INTERVAL
        self.release(job.key)
        return None

    def release_due(self) -> list[Outcome]:
        """Show all articles whose embargo has ended."""
        due_ids = self.history.due_for_release(self.now())
        return [outcome for article_id in due_ids if (outcome := self.release(article_id))]

    def remove(self, article_ids: Sequence[str], *, reason: str) -> None:
        """Remove articles and their claims, and block their automatic import.

        Withheld articles can be removed too. Raises NotFoundError, before anything is removed, if
        any of the articles does not exist.
        """
        for article_id in article_ids:
            if self.history.withheld_version(article_id) is None:
                self.archive.article(article_id)
        self._remove(article_ids, reason, block_reimport=True)

    def remove_samples(self, *, reason: str) -> list[str]:
        """Remove all samples and return their article ids; they can be ingested again.

        Raises NotFoundError if there are none.
        """
        article_ids = self.archive.sample_ids()
        if not article_ids:
            raise NotFoundError("there are no samples", remedy="Nothing was removed.")
        self._remove(article_ids, reason, block_reimport=False)
        return article_ids

    def _remove(self, article_ids: Sequence[str], reason: str, *, block_reimport: bool) -> None:
        printed_names = self.names.printed_names(article_ids)
        self.archive.remove(
            article_ids, reason=reason, block_reimport=block_reimport, removed_at=self.now()
        )
        self.names.remove_unused(printed_names, self.naming, self.now())
        self.updates.catch_up_if_free()


@dataclass(frozen=True, slots=True)
class _DecidedDocument:
    """A document with its index in the batch, its known article and the decision about it."""

    index: int
    document: Document
    known_article: KnownArticle
    decision: Decision


def _outcome(document: Document, stored: Article | None, decision: Decision) -> Outcome:
    article = decision.article or stored or document
    return Outcome(
        id=decision.article_id,
        title=article.title,
        outlet=article.outlet,
        byline=article.byline,
        published=article.published,
        language=article.language,
        characters=len(article.text),
        status=decision.status,
        reason=decision.reason,
        has_same_text=stored is not None and stored.text_sha == article.text_sha,
        is_left_unchanged=(
            document.is_unreviewed
            and decision.status == "unchanged"
            and document.text_sha != article.text_sha
        ),
        review=article.review,
        doubt=article.open_doubt,
    )


def _release_reason(withheld: HiddenVersion, is_manual: bool) -> str:
    if is_manual or withheld.release_at is None:
        return "by hand"
    return f"its embargo ended at {withheld.release_at:%Y-%m-%d %H:%M:%S} UTC"


def _filing_rounds(documents: Sequence[Document]) -> Iterator[list[int]]:
    """Yield batches of document indices in the order in which to file them.

    Documents that may be versions of one article are in different batches, since what becomes of
    the second depends on the first.
    """
    rounds: list[list[int]] = []
    last_rounds: dict[str, int] = {}
    for index in sorted(range(len(documents)), key=lambda index: _version_rank(documents[index])):
        document = documents[index]
        keys = [*document_keys(document).values()]
        keys += [document.text_sha] if document.text else []
        number = 1 + max((last_rounds[key] for key in keys if key in last_rounds), default=-1)
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(index)
        last_rounds |= dict.fromkeys(keys, number)
    for indices in rounds:
        for start in range(0, len(indices), FILING_BATCH):
            yield indices[start : start + FILING_BATCH]


def _version_rank(document: Document) -> tuple[int, float]:
    modified_at = document.modified_at
    return document.revision or 0, modified_at.timestamp() if modified_at else 0.0
