"""The settings, with the defaults of config/bot.yml."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.config.cues import Cues, shipped_cues
from bot.config.names import KnownName


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """How a PostgreSQL server is used: the most `connections` of each process, and how many
    seconds a statement may run that a person waits for."""

    connections: int = 15
    statement_seconds: int = 20


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """`max_megabytes` is the size limit of a file with one article, `seconds` the time limit for
    reading it."""

    max_megabytes: int = 10
    seconds: int = 30


@dataclass(frozen=True, slots=True)
class Proxy:
    """The address of a proxy, and the credentials that it requires (Basic authorization)."""

    host: str
    port: int
    authorization: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies of the environment by scheme.

    `excluded_hosts` are reached without a proxy; a name includes its subdomains, and `*` is every
    host.
    """

    http: Proxy | None = None
    https: Proxy | None = None
    excluded_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How articles are fetched: the limits in seconds and megabytes, and the `contact` that
    requests name.

    `allowed` are sites ("host:port") that may be outside the public internet. `servers` are the
    proxies of the environment, used only if `proxies` is set.
    """

    seconds: int = 20
    max_megabytes: int = 10
    contact: str = ""
    allowed: tuple[str, ...] = ()
    proxies: bool = False
    servers: Proxies = Proxies()


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """`threads` is the number of the tagger's threads; 0 means one per core.

    A speaker's name that is inferred stands if its probability is at least `sure_from`, as a guess
    if it is at least `probably_from`. The last three limit the work on one article
    (bot/extract/budget.py).
    """

    threads: int = 0
    sure_from: float = 0.95
    probably_from: float = 0.5
    characters: int = 100_000
    windows: int = 4_000
    seconds: int = 600


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """`spelling` lists groups of spellings that count as one word; `vectors` says whether
    searches use the vectors that exist. `weights` is the folder or the address of the model for
    them, if it isn't in its package.

    If `url` has addresses of an OpenSearch cluster, separated by spaces, the index is there:
    `index` begins the names of its indexes, of `shards` with `replicas`; `user` signs in with
    `password`, which comes from the environment. `ca_file` has the certificates that vouch for the
    nodes', if no public authority does. Otherwise the index is in the data folder.
    """

    claims_per_answer: int = 3
    vectors: bool = True
    weights: str = ""
    spelling: tuple[tuple[str, ...], ...] = ()
    url: str = ""
    index: str = "claimdesk"
    shards: int = 1
    replicas: int = 1
    user: str = ""
    ca_file: str = ""
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """The number of claims in a digest, the age limit of its articles, how late it may be
    posted, and whether it may have a chart."""

    claims: int = 10
    chart: bool = True
    oldest_days: int = 3
    catch_up_minutes: int = 120


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """The shortest and longest time between two polls of a feed, and the gap between two
    requests to one host."""

    shortest_minutes: int = 5
    longest_minutes: int = 720
    gap_seconds: int = 5


@dataclass(frozen=True, slots=True)
class PeopleSettings:
    """Who may do what in Slack.

    `users` may use the bot: "everyone", "members" (all but guests), or the ids of members and user
    groups. `strangers` allows people of other organisations to use it in channels shared with them.
    `admins` are the ids of people who may change feeds and withdraw articles; if empty, the admins
    of the Slack workspace. `reviewers` are the ids of members and user groups who decide on
    corrections, names and articles; if empty, the admins do. With `everyone_decides`, all who may
    use the bot decide. With `review_articles`, what others bring is theirs alone until somebody
    who decides accepts it. Each person may make `requests_at_once`, and then `requests_a_second`.
    """

    admins: tuple[str, ...] = ()
    users: tuple[str, ...] = ("members",)
    strangers: bool = False
    reviewers: tuple[str, ...] = ()
    everyone_decides: bool = False
    requests_at_once: int = 20
    requests_a_second: float = 1.0
    review_articles: bool = True


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """Watches ignore articles published more than `oldest_days` before they arrive. A watch
    posts at most `alerts_an_hour` single alerts; the others follow in one message. A person may
    have `per_person` watches."""

    oldest_days: int = 3
    alerts_an_hour: int = 10
    per_person: int = 50


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """For how many days queries and failed jobs, and messages with what was recorded about them,
    are kept."""

    queries_days: int = 30
    messages_days: int = 365


@dataclass(frozen=True, slots=True)
class MetricsSettings:
    """Where a process shows its metrics and its health: `host` is an address of this machine; with
    port 0, nowhere."""

    port: int = 0
    host: str = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Slack's tokens and addresses; None if not set. Secrets are left out of repr().

    Signed HTTP is received on `host`, an address of this machine or empty for all of them.
    """

    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 3000


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `data` is the folder of the store and the index. Each tuple in `apart` has
    names of different speakers. Errors are reported to `sentry_dsn`, if it is set."""

    data: Path
    database_url: str = field(repr=False)
    store: StoreSettings = StoreSettings()
    ingest: IngestSettings = IngestSettings()
    fetch: FetchSettings = FetchSettings()
    extract: ExtractSettings = ExtractSettings()
    search: SearchSettings = SearchSettings()
    digest: DigestSettings = DigestSettings()
    feeds: FeedSettings = FeedSettings()
    people: PeopleSettings = PeopleSettings()
    watches: WatchSettings = WatchSettings()
    retention: RetentionSettings = RetentionSettings()
    metrics: MetricsSettings = MetricsSettings()
    slack: SlackSettings = SlackSettings()
    sentry_dsn: str | None = field(default=None, repr=False)
    outlets: tuple[KnownName, ...] = ()
    speakers: tuple[KnownName, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    cues: Cues = field(default_factory=shipped_cues)

    @property
    def needs_data_folder(self) -> bool:
        """Whether a process keeps anything in the data folder. With PostgreSQL and an index on a
        cluster it doesn't."""
        return self.database_url.startswith("sqlite") or not self.search.url

    @property
    def index_folder(self) -> Path:
        """The folder of the search index."""
        return self.data / "index"

    @property
    def vectors_folder(self) -> Path:
        """The folder of the claims' vectors."""
        return self.data / "vectors"
