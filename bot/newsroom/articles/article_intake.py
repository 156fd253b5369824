"""Use cases that fill the archive and empty it: take in, release, remove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from bot import store
from bot.articles.claim_matches import match_claims, with_stable_ids
from bot.articles.decision import Decision, Status, decide
from bot.articles.identity import document_keys
from bot.articles.known_article import Arrival, HiddenVersion, KnownArticle
from bot.articles.steps import RELEASE
from bot.errors import IngestError, NotFoundError
from bot.model import Article, Claim, Document
from bot.newsroom.articles.extraction import ArticleReader, ExtractedArticle, with_language
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates
from bot.store import FiledArticle, HistoryUpdate, Job
from bot.store.articles.lookup import Lookup

FILING_BATCH = 32
"""Articles that are filed together: enough that each costs the store little, few enough that a stop
loses little work."""

NOTHING_RELEASED = "claimdesk release lists what is. Nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a document, and what is known of its article now.

    `id` is the article's; `characters` are those of its text. `reason` says why one is withdrawn or
    withheld, where that is known, or why a kill was not obeyed. Of one that `keeps_text` only what
    is known beside its text was updated.
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

    @property
    def is_unauthorised(self) -> bool:
        """Whether it asked for a withdrawal that its sender was not authorised to make."""
        return self.status == "unchanged" and self.reason is not None


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of a file or an address: of its articles, and of what in it is none."""

    origin: str
    outcomes: tuple[Outcome, ...] = ()
    errors: tuple[IngestError, ...] = ()


@dataclass(eq=False, repr=False, kw_only=True)
class ArticleIntake:
    """File what comes in, as what it is: a new article, another version of one, or its end."""

    archive: store.Archive
    names: store.SpeakerNames
    history: store.History
    jobs: store.Jobs
    naming: store.NamingRules
    reader: ArticleReader
    updates: IndexUpdates
    now: Clock

    def ingest(
        self, documents: Sequence[Document], *, bulk: bool = False, reingest: bool = False
    ) -> list[Outcome]:
        """Extract and file documents, and say in their order what became of each.

        Several may be versions of one article: the earlier ones are filed first. What a `bulk` load
        brings enters no digest; with `reingest`, what was withdrawn or removed comes in anew. To take
        in the same documents once more changes nothing.
        """
        read = [with_language(document) for document in documents]
        outcomes = self.ingest_without_indexing(read, bulk=bulk, reingest=reingest)
        self.updates.catch_up_if_free()
        return outcomes

    def start_extraction(self, documents: Sequence[Document], *, reingest: bool) -> None:
        """Have the extractor begin with documents that are to be taken in next.

        What becomes of them is decided when they are: this spares only the waiting.
        """
        seen = self.archive.look_up(documents)
        pairs = zip(documents, seen.standings, strict=True)
        decisions = (decide(one, there, now=self.now(), again=reingest) for one, there in pairs)
        self.reader.start(decision.shown for decision in decisions if decision.shown)

    def ingest_without_indexing(
        self, documents: Sequence[Document], *, bulk: bool, reingest: bool
    ) -> list[Outcome]:
        """Take in documents `with_language` like `take_in`; to catch up is left to the caller."""
        outcomes: dict[int, Outcome] = {}
        for places in _rounds(documents):
            taken = self._take_in([documents[n] for n in places], bulk=bulk, reingest=reingest)
            outcomes |= dict(zip(places, taken, strict=True))
        return [outcomes[n] for n in range(len(documents))]

    def _take_in(
        self, documents: Sequence[Document], *, bulk: bool, reingest: bool
    ) -> Iterator[Outcome]:
        """Take in documents that are articles of their own, as far as their keys tell."""
        outcomes: dict[int, Outcome] = {}
        while waiting := [n for n in range(len(documents)) if n not in outcomes]:
            seen = self.archive.look_up([documents[n] for n in waiting])
            takings: dict[str, _Decided] = {}
            for n, standing in zip(waiting, seen.standings, strict=True):
                # Two may be one article all the same: the second waits for its turn.
                if standing.article_id not in takings:
                    decision = decide(documents[n], standing, now=self.now(), again=reingest)
                    taking = _Decided(n, documents[n], standing, decision)
                    takings[standing.article_id] = taking
            left = self._carry_out(list(takings.values()), seen.seq, "bulk" if bulk else "single")
            # Those of which another process has changed what was decided on are decided on anew.
            outcomes |= {
                one.place: _outcome(one.document, one.standing.article, one.decision)
                for article_id, one in takings.items()
                if article_id not in left
            }
        return (outcomes[n] for n in range(len(documents)))

    def _carry_out(self, takings: Sequence[_Decided], seq: int, arrival: Arrival) -> set[str]:
        """Carry out the decisions; returns the articles that another process has changed since."""
        shown = [(one, one.decision.shown) for one in takings if one.decision.shown]
        read = self.reader.read([article for _, article in shown])
        steps: dict[str, FiledArticle | HistoryUpdate] = {
            article.id: self._filed(article, found, one.standing, lifts=one.decision.reinstates)
            for (one, article), found in zip(shown, read, strict=True)
        } | {
            one.history.article_id: one.history
            for one in (t.decision for t in takings)
            if one.history
        }
        if not steps:
            return set()
        taken = [one for one in takings if one.standing.article_id in steps]
        seen = Lookup(seq, [one.document for one in taken], [one.standing for one in taken])
        return self._file(list(steps.values()), arrival, seen)

    def _file(
        self,
        steps: Sequence[FiledArticle | HistoryUpdate],
        arrival: Arrival,
        seen: Lookup | None = None,
    ) -> set[str]:
        giving_way = [
            one.article_id for one in steps if isinstance(one, HistoryUpdate) and one.demoted_to
        ]
        printed = self.names.printed(giving_way) if giving_way else []
        left = self.archive.file(steps, arrival=arrival, now=self.now, seen=seen)
        if printed:  # what only they printed goes with them
            self.names.remove_unused(printed, self.naming, self.now())
        return left

    def _filed(
        self,
        article: Article,
        read: ExtractedArticle,
        standing: KnownArticle,
        *,
        lifts: bool = False,
    ) -> FiledArticle:
        """An article with its claims, under the ids that they had in the version before."""
        is_shown = standing.article is not None
        claims: Sequence[Claim] = read.claims
        changed: Sequence[str] = ()
        if standing.number:
            claims, changed = self.assign_stable_ids(article.id, read, is_shown=is_shown)
        return FiledArticle(
            article,
            claims,
            read.paragraphs,
            is_known=is_shown,
            extractor=self.reader.version,
            keys=standing.new_keys,
            changed=changed,
            reinstates=lifts,
            # The text that was withheld, without its embargo now.
            released=_released(standing, article),
        )

    def assign_stable_ids(
        self, article_id: str, read: ExtractedArticle, *, is_shown: bool
    ) -> tuple[list[Claim], list[str]]:
        """What was found in an article, under the ids that the same claims had before, and the ids
        of those that have changed."""
        archive, history = self.archive, self.history
        old = (
            archive.uncorrected_claims(article_id) if is_shown else history.last_claims(article_id)
        )
        matched = match_claims(old, read.claims)
        earlier = history.earlier_claims(article_id)
        claims = with_stable_ids(matched, history.gone_ids(article_id), earlier)
        return claims, [one.old.id for one in matched if one.old and one.reads_differently]

    def release(self, article_id: str) -> Outcome | None:
        """Show an article whose embargo has ended; None where it has not, or there is none.

        To call it twice, or too early, does no harm: an hour that was moved is kept in mind.
        """
        pending = self.history.withheld(article_id)
        if pending is None or pending.release_at is None:
            return None
        if pending.release_at > self.now():
            self.jobs.add(RELEASE, article_id, due_at=pending.release_at)
            return None
        return self._show_withheld(article_id, pending, by_hand=False)

    def release_by_hand(self, article_ids: Sequence[str]) -> list[Outcome]:
        """Show articles now that are withheld, whatever their publishers say of the hour.

        They are left out that another process has just changed. Raises NotFoundError, before any is
        shown, where one is not withheld.
        """
        withheld = self.history.withheld
        pending = {one: held for one in article_ids if (held := withheld(one))}
        if left := [one for one in article_ids if one not in pending]:
            raise NotFoundError(
                "these are not withheld", subject=", ".join(left), remedy=NOTHING_RELEASED
            )
        shown = (self._show_withheld(one, held, by_hand=True) for one, held in pending.items())
        return [outcome for outcome in shown if outcome]

    def _show_withheld(
        self, article_id: str, pending: HiddenVersion, *, by_hand: bool
    ) -> Outcome | None:
        document = pending.document
        (standing,) = self.archive.look_up([document]).standings
        if standing.exclusion and standing.exclusion.article_id != article_id:
            return self._withdraw(article_id, document, standing.exclusion.reason)
        known = asdict(replace(document, status="usable"))
        number = pending.number
        if by_hand:
            # The one that is withheld stays in the history: it may be sent once more.
            number = 1 + max(one.number for one in self.history.versions(article_id))
        article = Article(id=article_id, version=number, **known)
        (read,) = self.reader.read([article])
        claims, _ = self.assign_stable_ids(article_id, read, is_shown=False)
        filed = FiledArticle(
            article,
            claims,
            read.paragraphs,
            extractor=self.reader.version,
            released=pending.number,
        )
        if self._file([filed], pending.arrival):
            return None  # it has just been changed, withdrawn or released by another process
        self.updates.catch_up_if_free()
        decision = Decision(status="new", article_id=article_id, shown=article)
        return _outcome(document, None, decision)

    def _withdraw(self, article_id: str, document: Document, reason: str) -> Outcome:
        kept = HistoryUpdate(article_id=article_id, demoted_to="withdrawn", reason=reason)
        self._file([kept], "single")
        decision = Decision(status="withdrawn", article_id=article_id, reason=reason)
        return _outcome(document, None, decision)

    def handle_release_job(self, job: Job) -> None:
        """Show the article that a job is about, if its embargo has ended."""
        self.release(job.key)

    def release_due(self) -> list[Outcome]:
        """Show all articles whose embargo has ended."""
        due = self.history.due(self.now())
        return [outcome for article_id in due if (outcome := self.release(article_id))]

    def remove(self, article_ids: Sequence[str], *, reason: str) -> None:
        """Take articles with their claims out of everything that is searched; they stay out.

        One that waits for its hour may be taken out before it comes. Raises NotFoundError, before
        anything is removed, where there is no such article.
        """
        for one in article_ids:
            if self.history.withheld(one) is None:
                self.archive.article(one)
        self._remove(article_ids, reason, barred=True)

    def remove_samples(self, *, reason: str) -> list[str]:
        """Remove all samples and return their articles' ids; they may be ingested again.

        Raises NotFoundError where there is none.
        """
        ids = self.archive.samples()
        if not ids:
            raise NotFoundError("there are no samples", remedy="Nothing was removed.")
        self._remove(ids, reason, barred=False)
        return ids

    def _remove(self, article_ids: Sequence[str], reason: str, *, barred: bool) -> None:
        printed = self.names.printed(article_ids)
        self.archive.remove(article_ids, reason=reason, barred=barred, removed_at=self.now())
        self.names.remove_unused(printed, self.naming, self.now())
        self.updates.catch_up()


@dataclass(frozen=True, slots=True)
class _Decided:
    """The document at a place of those that come in, and what was decided on it."""

    place: int
    document: Document
    standing: KnownArticle
    decision: Decision


def _released(standing: KnownArticle, article: Article) -> int:
    """The version that was withheld and is the article, without its embargo, now."""
    hidden = standing.hidden
    return hidden.number if hidden and hidden.number == article.version else 0


def _outcome(document: Document, there: Article | None, decision: Decision) -> Outcome:
    article = decision.shown or there or document
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
        has_same_text=there is not None and there.text_sha == article.text_sha,
    )


def _rounds(documents: Sequence[Document]) -> Iterator[list[int]]:
    """The places of documents in the order in which to file them, few enough at a time, and never
    two together that may be one article: what becomes of the second depends on the first."""
    rounds: list[list[int]] = []
    last: dict[str, int] = {}
    for n in sorted(range(len(documents)), key=lambda n: _rank(documents[n])):
        keys = [*document_keys(documents[n]).values()]
        keys += [documents[n].text_sha] if documents[n].text else []
        at = 1 + max((last[key] for key in keys if key in last), default=-1)
        if at == len(rounds):
            rounds.append([])
        rounds[at].append(n)
        last |= dict.fromkeys(keys, at)
    for places in rounds:
        for start in range(0, len(places), FILING_BATCH):
            yield places[start : start + FILING_BATCH]


def _rank(document: Document) -> tuple[int, float]:
    modified_at = document.modified_at
    return document.revision or 0, modified_at.timestamp() if modified_at else 0.0
