"""Build the services, each from exactly what it uses.

A service is created on first use, so a process that only searches does not create those that ingest
articles, and vice versa.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from bot.articles.sites import Sites
from bot.config import Settings
from bot.errors import StoreError
from bot.newsroom.clock import CheckedClock, ClockChecks, MachineClocks
from bot.newsroom.providers import Clock

if TYPE_CHECKING:
    from bot.delivery.outbox import Outbox
    from bot.delivery.queue import JobQueue
    from bot.newsroom.archive.views import ArchiveViews
    from bot.newsroom.articles.article_intake import ArticleIntake
    from bot.newsroom.articles.erasure import Erasure
    from bot.newsroom.articles.extraction import ArticleReader, Extractions
    from bot.newsroom.articles.files import ArticleFiles, FileIntake
    from bot.newsroom.articles.history import Histories
    from bot.newsroom.articles.imports import Imports
    from bot.newsroom.articles.link_requests import LinkRequests
    from bot.newsroom.articles.links import Links
    from bot.newsroom.articles.overview import Overviews
    from bot.newsroom.articles.reextraction import Reextraction
    from bot.newsroom.articles.reviews import Reviews
    from bot.newsroom.articles.unfurls import Unfurls
    from bot.newsroom.corrections.corrections import Corrections
    from bot.newsroom.delivery.messages import Messages
    from bot.newsroom.delivery.shares import Shares
    from bot.newsroom.digests.digest_messages import DigestMessages
    from bot.newsroom.digests.digests import Digests
    from bot.newsroom.feeds.feed_list import FeedList
    from bot.newsroom.feeds.fetches import Fetches
    from bot.newsroom.feeds.polls import Polls
    from bot.newsroom.feeds.worker_limits import WorkerLimits
    from bot.newsroom.health import Health
    from bot.newsroom.providers import OpenIndex
    from bot.newsroom.retention import Retention
    from bot.newsroom.search.answers import Search
    from bot.newsroom.search.disputes import Disputes
    from bot.newsroom.search.index_updates import IndexUpdates
    from bot.newsroom.search.meaning import ClaimVectors
    from bot.newsroom.search.printed_roles import PrintedRoles
    from bot.newsroom.search.shown import PrintedNames, ShownClaims
    from bot.newsroom.speakers.profiles import Profiles
    from bot.newsroom.speakers.said_before import SaidBefore
    from bot.newsroom.speakers.speaker_rulings import SpeakerRulings
    from bot.newsroom.speakers.trends import Trends
    from bot.newsroom.watches.watches import Watches
    from bot.search import SearchIndex
    from bot.store import NamingRules, Store

T = TypeVar("T")

_CREATION_LOCK = threading.RLock()
"""Held while a service is created, including the services that it uses."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Adds articles to the archive, reviews what people brought, and removes articles."""

    articles: ArticleIntake
    files: FileIntake
    links: Links
    link_requests: LinkRequests
    reviews: Reviews
    erasure: Erasure
    imports: Imports
    reextraction: Reextraction


@dataclass(frozen=True, slots=True)
class Articles:
    """Shows articles."""

    overviews: Overviews
    histories: Histories
    unfurls: Unfurls


@dataclass(frozen=True, slots=True)
class Speakers:
    """Speakers: profiles, what they said before, rulings on names, and trends."""

    profiles: Profiles
    said_before: SaidBefore
    rulings: SpeakerRulings
    trends: Trends


@dataclass(frozen=True, slots=True)
class Delivery:
    """Queued and posted messages, jobs, and for how long what they leave is kept."""

    outbox: Outbox
    shares: Shares
    messages: Messages
    jobs: JobQueue
    retention: Retention


class service(Generic[T]):
    """A property whose value is created once, even if several threads ask at the same time.

    functools.cached_property has no lock from Python 3.12 on.
    """

    def __init__(self, create: Callable[[Any], T]) -> None:
        self._create = create
        self._name = create.__name__

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any]) -> T: ...
    def __get__(self, instance: object, owner: type[Any]) -> Self | T:
        """Create the value and store it as an attribute, which is found first from then on."""
        if instance is None:
            return self
        attributes = vars(instance)
        with _CREATION_LOCK:
            if self._name not in attributes:
                attributes[self._name] = self._create(instance)
            value: T = attributes[self._name]
        return value


class Newsroom:
    """All use cases of Claimdesk for one data folder, as services.

    `store` and `index` are opened on first use. The services are thread-safe and raise only
    subclasses of BotError.

    It goes by the clocks of the `machine` or, in tests, by a `clock` that is never in doubt.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        machine: MachineClocks | None = None,
    ) -> None:
        from bot.store import make_private_folder

        self.settings = settings
        machine = MachineClocks.in_step(clock) if clock else machine or MachineClocks()
        self.clock = CheckedClock(machine)
        self.now = clock or self.clock.now
        self.sites = Sites(outlet.domains for outlet in settings.outlets)
        if not settings.needs_data_folder:
            return
        try:
            make_private_folder(settings.data)
        except OSError as error:
            raise StoreError(
                "the data folder cannot be created",
                subject=str(settings.data),
                cause=error.strerror or str(error),
                remedy="Set CLAIMDESK_DATA to a folder that you can write to.",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self, *, catch_up: bool = True, warm: bool = True) -> None:
        """Open store and index now.

        `catch_up` brings the index up to date; without it, answers say that claims may be missing.
        `warm` loads the models that searches need, so that the first answers need not wait for
        them.
        """
        from bot.search import Query

        _ = self.store, self.index
        if catch_up:
            self.updates.catch_up_if_free()
        if warm:
            self.index.warm()
            self.vectors.find_nearest("ready", Query(), 1)

    def close(self) -> None:
        """Close and forget the services that were created."""
        created = vars(self)
        for name in ("extractions", "vectors", "article_files", "fetches", "index", "store"):
            if name in created:
                created[name].close()
        for name in list(created):
            if isinstance(getattr(type(self), name, None), service):
                del created[name]

    # -- the store, the index, and services that others share

    @service
    def store(self) -> Store:
        """The system of record. Raises StoreError if its schema is not current."""
        from bot.newsroom.speakers.roles import extract_roles
        from bot.statements.filing import RULES
        from bot.store import Store

        settings = self.settings
        store = Store(settings.database_url, self.sites, extract_roles, settings.store, RULES)
        store.database.require_current()
        self.clock.follow(store.clock)
        return store

    @service
    def index(self) -> SearchIndex:
        """The search index, which `updates` keeps current."""
        from bot.newsroom.speakers.roles import is_person_noun
        from bot.search import ClaimIndex

        search = self.settings.search
        names = self.settings.outlets + self.settings.speakers
        if search.url:
            from bot.search.engine.cluster.connection import Connection
            from bot.search.engine.cluster.index import ClusterIndex

            return ClusterIndex.open(
                Connection(
                    search.url.split(),
                    user=search.user,
                    password=search.password or "",
                    ca_file=search.ca_file,
                ),
                name=search.index,
                spelling=search.spelling,
                names=names,
                is_noun=is_person_noun,
                shards=search.shards,
                replicas=search.replicas,
            )
        return ClaimIndex.open(
            self.settings.index_folder,
            spelling=search.spelling,
            names=names,
            is_noun=is_person_noun,
        )

    def _open_index(self) -> SearchIndex:
        return self.index

    @service
    def _built_index(self) -> OpenIndex:
        from bot.newsroom.search.built_index import BuiltIndex

        return BuiltIndex(archive=self.store.archive, index=self._open_index)

    @service
    def naming(self) -> NamingRules:
        """The rules by which speakers' names are grouped."""
        from bot.speakers.naming import naming_rules

        return naming_rules(self.settings)

    @service
    def vectors(self) -> ClaimVectors:
        """The vectors of claims."""
        from bot.newsroom.search.meaning import ClaimVectors

        return ClaimVectors(settings=self.settings, index=self._open_index)

    @service
    def updates(self) -> IndexUpdates:
        """Keeps index and vectors current."""
        from bot.newsroom.search.index_updates import IndexUpdates
        from bot.newsroom.search.vector_updates import IndexVectorUpdates, VectorUpdates

        archive, vectors = self.store.archive, self.vectors
        return IndexUpdates(
            archive=self.store.archive,
            headlines=self.store.headlines,
            statements=self.store.statements,
            names=self.store.names,
            naming=self.naming,
            index=self._open_index,
            vectors=IndexVectorUpdates(archive=archive, vectors=vectors)
            if self.settings.search.url
            else VectorUpdates(archive=archive, vectors=vectors),
            now=self.now,
        )

    @service
    def claims(self) -> ShownClaims:
        """Claims as people see them."""
        from bot.newsroom.search.shown import ShownClaims

        return ShownClaims(
            archive=self.store.archive,
            names=self.store.names,
            name_rulings=self.store.name_rulings,
            posted_messages=self.store.posted,
        )

    @service
    def _printed_names(self) -> PrintedNames:
        from bot.newsroom.search.shown import PrintedNames

        return PrintedNames(
            names=self.store.names,
            name_rulings=self.store.name_rulings,
            known_names=self.settings.outlets + self.settings.speakers,
        )

    @service
    def _printed_roles(self) -> PrintedRoles:
        from bot.newsroom.search.printed_roles import PrintedRoles

        return PrintedRoles(archive=self.store.archive, index=self._open_index)

    @service
    def extractions(self) -> Extractions:
        """Runs the extractor, which is loaded on first use."""
        from bot.newsroom.articles.extraction import Extractions

        return Extractions(self.settings)

    @service
    def article_files(self) -> ArticleFiles:
        """Reads files with articles; needs no store."""
        from bot.newsroom.articles.files import ArticleFiles

        return ArticleFiles(settings=self.settings, extractions=self.extractions)

    @service
    def _reader(self) -> ArticleReader:
        from bot.newsroom.articles.extraction import ArticleReader

        return ArticleReader(
            extractor_versions=self.store.extractor_versions,
            extractions=self.extractions,
            outlets=self.settings.outlets,
        )

    @service
    def _article_intake(self) -> ArticleIntake:
        from bot.newsroom.articles.article_intake import ArticleIntake

        return ArticleIntake(
            archive=self.store.archive,
            names=self.store.names,
            history=self.store.history,
            jobs=self.store.jobs,
            naming=self.naming,
            reader=self._reader,
            updates=self.updates,
            now=self.now,
            clock=self.clock,
        )

    @service
    def _worker_limits(self) -> WorkerLimits:
        from bot.newsroom.feeds.worker_limits import WorkerLimits

        return WorkerLimits()

    @service
    def _messages(self) -> Messages:
        from bot.newsroom.delivery.messages import Messages

        return Messages(
            archive=self.store.archive,
            posted_messages=self.store.posted,
            claims=self.claims,
            disputes=self._disputes,
        )

    @service
    def _digest_messages(self) -> DigestMessages:
        from bot.newsroom.digests.digest_messages import DigestMessages

        return DigestMessages(ledger=self.store.ledger, settings=self.settings, now=self.now)

    # -- the services

    @service
    def search(self) -> Search:
        """Answers queries."""
        from bot.newsroom.search.answers import Search
        from bot.newsroom.search.empty_answers import EmptyAnswers
        from bot.newsroom.search.ranking import Ranking

        return Search(
            archive=self.store.archive,
            index=self._open_index,
            claims=self.claims,
            disputes=self._disputes,
            printed_names=self._printed_names,
            vectors=self.vectors,
            ranking=Ranking(
                archive=self.store.archive,
                index=self._open_index,
                claims=self.claims,
                printed_names=self._printed_names,
                vectors=self.vectors,
            ),
            roles=self._printed_roles,
            empty_answers=EmptyAnswers(
                names=self.store.names,
                printed_names=self._printed_names,
                index=self._open_index,
            ),
            now=self.now,
        )

    @service
    def _disputes(self) -> Disputes:
        from bot.newsroom.search.disputes import Disputes

        return Disputes(statements=self.store.statements, claims=self.claims)

    @service
    def intake(self) -> Intake:
        """Adds articles to the archive, reviews what people brought, and removes articles."""
        from bot.newsroom.articles.erasure import Erasure
        from bot.newsroom.articles.files import FileIntake
        from bot.newsroom.articles.imports import Imports
        from bot.newsroom.articles.link_requests import LinkRequests
        from bot.newsroom.articles.links import Links
        from bot.newsroom.articles.reextraction import Reextraction
        from bot.newsroom.articles.reviews import Reviews

        store, articles = self.store, self._article_intake
        links = Links(fetches=self.fetches, articles=articles)
        return Intake(
            articles=articles,
            files=FileIntake(files=self.article_files, articles=articles, updates=self.updates),
            links=links,
            link_requests=LinkRequests(links=links, queue=self.delivery.jobs, now=self.now),
            reviews=Reviews(
                reviews=store.reviews,
                overviews=lambda: self.articles.overviews,
                articles=articles,
                updates=self.updates,
                now=self.now,
            ),
            erasure=Erasure(
                archive=store.archive, erasure=store.erasure, updates=self.updates, now=self.now
            ),
            imports=Imports(archive=store.archive, updates=self.updates, now=self.now),
            reextraction=Reextraction(
                names=store.names,
                extractor_versions=store.extractor_versions,
                naming=self.naming,
                reader=self._reader,
                articles=articles,
                updates=self.updates,
                now=self.now,
            ),
        )

    @service
    def articles(self) -> Articles:
        """Shows articles."""
        from bot.newsroom.articles.history import Histories
        from bot.newsroom.articles.overview import Overviews
        from bot.newsroom.articles.unfurls import Unfurls

        store = self.store
        histories = Histories(archive=store.archive, history=store.history)
        overviews = Overviews(
            archive=store.archive,
            index=self._built_index,
            claims=self.claims,
            histories=histories,
            search=self.search,
        )
        return Articles(
            overviews=overviews,
            histories=histories,
            unfurls=Unfurls(
                archive=store.archive, outbox=store.outbox, overviews=overviews, now=self.now
            ),
        )

    @service
    def fetches(self) -> Fetches:
        """Makes all requests to the network."""
        from bot.newsroom.feeds.fetches import Fetches

        return Fetches(
            hosts=self.store.hosts,
            sites=self.sites,
            worker_limits=self._worker_limits,
            settings=self.settings,
            now=self.now,
        )

    @service
    def feeds(self) -> FeedList:
        """The list of feeds."""
        from bot.newsroom.feeds.feed_list import FeedList

        return FeedList(
            feeds=self.store.feeds, fetches=self.fetches, settings=self.settings, now=self.now
        )

    @service
    def polls(self) -> Polls:
        """Polls feeds."""
        from bot.newsroom.feeds.polls import Polls

        return Polls(
            feeds=self.store.feeds,
            jobs=self.store.jobs,
            fetches=self.fetches,
            articles=self._article_intake,
            worker_limits=self._worker_limits,
            settings=self.settings,
            now=self.now,
        )

    @service
    def speakers(self) -> Speakers:
        """Profiles, what speakers said before, rulings on names, and trends."""
        from bot.newsroom.speakers.profiles import Profiles
        from bot.newsroom.speakers.said_before import SaidBefore
        from bot.newsroom.speakers.speaker_rulings import SpeakerRulings
        from bot.newsroom.speakers.trends import Trends

        store = self.store
        profiles = Profiles(
            archive=store.archive,
            names=store.names,
            name_rulings=store.name_rulings,
            speaker_claims=store.speaker_claims,
            index=self._built_index,
            claims=self.claims,
            printed_names=self._printed_names,
            roles=self._printed_roles,
        )
        return Speakers(
            profiles=profiles,
            said_before=SaidBefore(
                index=self._open_index,
                claims=self.claims,
                printed_names=self._printed_names,
                profiles=profiles,
                search=self.search,
            ),
            rulings=SpeakerRulings(
                names=store.names,
                name_rulings=store.name_rulings,
                naming=self.naming,
                printed_names=self._printed_names,
                now=self.now,
            ),
            trends=Trends(arrivals=store.arrivals, names=store.names),
        )

    @service
    def digests(self) -> Digests:
        """The daily digest."""
        from bot.newsroom.digests.contents import DigestContents
        from bot.newsroom.digests.digests import Digests
        from bot.newsroom.digests.subscriptions import Subscriptions

        store = self.store
        subscriptions = Subscriptions(
            database=store.database,
            ledger=store.ledger,
            outbox=store.outbox,
            feeds=store.feeds,
            index=self._open_index,
            settings=self.settings,
            now=self.now,
        )
        contents = DigestContents(
            arrivals=store.arrivals,
            names=store.names,
            posted_messages=store.posted,
            feeds=store.feeds,
            index=self._built_index,
            claims=self.claims,
            disputes=self._disputes,
            said_before=self.speakers.said_before,
            printed_names=self._printed_names,
            updates=self.updates,
            settings=self.settings.digest,
            now=self.now,
        )
        return Digests(
            ledger=store.ledger,
            posted_messages=store.posted,
            subscriptions=subscriptions,
            contents=contents,
            messages=self._digest_messages,
            now=self.now,
            clock=self.clock,
        )

    @service
    def watches(self) -> Watches:
        """Watches and their alerts."""
        from bot.newsroom.watches.matches import WatchMatches
        from bot.newsroom.watches.watches import Watches

        store, settings = self.store, self.settings.watches
        matches = WatchMatches(
            archive=store.archive,
            names=store.names,
            watches=store.watches,
            index=self._open_index,
            naming=self.naming,
            claims=self.claims,
            printed_names=self._printed_names,
            settings=settings,
            now=self.now,
        )
        return Watches(
            arrivals=store.arrivals,
            watches=store.watches,
            dead_letters=store.dead_letters,
            index=self._open_index,
            printed_names=self._printed_names,
            search=self.search,
            matches=matches,
            messages=self._messages,
            settings=settings,
            now=self.now,
        )

    @service
    def corrections(self) -> Corrections:
        """Corrections of claims and articles."""
        from bot.newsroom.corrections.corrections import Corrections
        from bot.newsroom.corrections.lookup import CorrectionLookup

        store = self.store
        lookup = CorrectionLookup(
            archive=store.archive,
            corrections=store.corrections,
            posted_messages=store.posted,
            claims=self.claims,
        )
        return Corrections(
            archive=store.archive,
            names=store.names,
            corrections=store.corrections,
            lookup=lookup,
            naming=self.naming,
            updates=self.updates,
            now=self.now,
        )

    @service
    def delivery(self) -> Delivery:
        """Queued and posted messages, and jobs."""
        from bot.delivery.outbox import Outbox
        from bot.delivery.queue import JobQueue
        from bot.newsroom.delivery.shares import Shares
        from bot.newsroom.feeds.schedule import MAX_SERVER_DELAY
        from bot.newsroom.retention import Retention
        from bot.newsroom.watches.watches import AlertOwner
        from bot.store.delivery.payloads import AlertPayload, DigestPayload

        store = self.store
        retention = Retention(
            settings=self.settings.retention,
            retention=store.retention,
            personal_data=store.personal_data,
            updates=self.updates,
            jobs=store.jobs,
            now=self.now,
        )
        return Delivery(
            outbox=Outbox(
                messages=store.outbox,
                channels=store.channels,
                dead_letters=store.dead_letters,
                owners={
                    AlertPayload.kind: AlertOwner(watches=store.watches, now=self.now),
                    DigestPayload.kind: self._digest_messages,
                },
                now=self.now,
            ),
            shares=Shares(outbox=store.outbox, claims=self.claims, now=self.now),
            messages=self._messages,
            jobs=JobQueue(
                jobs=store.jobs,
                standing_jobs=(
                    lambda team: self.digests.ensure_check_jobs(team),
                    store.outbox.ensure_send_jobs,
                    lambda team: self.feeds.sync_feeds_yml(),
                    lambda team: retention.ensure_job(),
                ),
                longest_wait=timedelta(minutes=self.settings.feeds.longest_minutes)
                + MAX_SERVER_DELAY,
                now=self.now,
            ),
            retention=retention,
        )

    @service
    def archive(self) -> ArchiveViews:
        """Writes what may be shown of the archive for other programs and people."""
        from bot.newsroom.archive.views import ArchiveViews

        store = self.store
        return ArchiveViews(archive=store.archive, articles=store.article_list, claims=self.claims)

    @service
    def health(self) -> Health:
        """Reports freshness and problems."""
        from bot.newsroom.health import Health

        store = self.store
        return Health(
            archive=store.archive,
            arrivals=store.arrivals,
            channels=store.channels,
            corrections=store.corrections,
            dead_letters=store.dead_letters,
            incidents=store.incidents,
            jobs=store.jobs,
            feeds=self.feeds,
            queue=self.delivery.jobs,
            now=self.now,
            clock=self.clock,
        )

    @service
    def clock_checks(self) -> ClockChecks:
        """Checks the clock, which all services go by."""
        return ClockChecks(clock=self.clock, records=self.store.clock)
