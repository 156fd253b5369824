"""What can be set, with the defaults of config/bot.yml."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.config.cues import Cues, shipped_cues
from bot.config.names import KnownName


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """`max_megabytes`: the largest file that is read as one article. `seconds`: how long reading
    one may take."""

    max_megabytes: int = 10
    seconds: int = 30


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where a proxy listens, and what it wants to hear of who asks (Basic authorization)."""

    host: str
    port: int
    authorization: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies of the environment for each scheme, and the hosts that are asked without one
    (a name stands for all below it, `*` for every host)."""

    http: Proxy | None = None
    https: Proxy | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How articles are fetched: in `seconds` and megabytes at most, and in whose name (`contact`).

    `allowed` holds sites ("host:port") that need not be of the public internet. `servers` are the
    environment's, where `proxies` says that they are used.
    """

    seconds: int = 20
    max_megabytes: int = 10
    contact: str = ""
    allowed: tuple[str, ...] = ()
    proxies: bool = False
    servers: Proxies = Proxies()


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """`threads` of the tagger; 0 takes one for each core.

    Answers show nobody as the speaker of a claim whose confidence is below `unsure_below`.
    """

    threads: int = 0
    unsure_below: float = 0.5


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """`spelling` holds groups of spellings that count as one word; `vectors` says whether searches
    use the vectors that there are."""

    claims_per_answer: int = 3
    vectors: bool = True
    spelling: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """How many `claims` a digest shows, which articles are too old for it, how late it may be, and
    whether a chart may hang below it."""

    claims: int = 10
    chart: bool = True
    oldest_days: int = 3
    catch_up_minutes: int = 120


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """How often a feed is polled at most and at least, and how long one host is left alone between
    two requests."""

    shortest_minutes: int = 5
    longest_minutes: int = 720
    gap_seconds: int = 5


@dataclass(frozen=True, slots=True)
class PeopleSettings:
    """Who may do what in Slack.

    `users` are those who may use the bot: "everyone", "members" (all but guests), or ids of members
    and user groups. `strangers` says whether people of other organisations may, in channels that
    are shared with them. `admins` are the ids of those who may change which feeds are polled, and
    withdraw articles; where none is named, the admins of the Slack workspace may. `reviewers` are
    the ids of members and user groups who decide on corrections and names; where none is named,
    whoever is an admin does. With `everyone_decides` all who may use the bot do.
    """

    admins: tuple[str, ...] = ()
    users: tuple[str, ...] = ("members",)
    strangers: bool = False
    reviewers: tuple[str, ...] = ()
    everyone_decides: bool = False


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """Articles published more than `oldest_days` before they arrive fire no watch. Of a watch, no
    more than `alerts_an_hour` are posted one by one; the others come together afterwards."""

    oldest_days: int = 3
    alerts_an_hour: int = 10


@dataclass(frozen=True, slots=True)
class MailSettings:
    """By which SMTP server digests are sent as e-mail: from `sender` to `recipients`; none where
    no `host` is set. The password is the environment's."""

    host: str = ""
    port: int = 587
    user: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Tokens and addresses of Slack; None where not set. Secrets stay out of repr()."""

    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str | None = None
    port: int = 3000


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. `data` is the folder of the store and the index; `apart` holds
    lists of names no two of which are ever taken for one speaker's."""

    data: Path
    database_url: str = field(repr=False)
    ingest: IngestSettings = IngestSettings()
    fetch: FetchSettings = FetchSettings()
    extract: ExtractSettings = ExtractSettings()
    search: SearchSettings = SearchSettings()
    digest: DigestSettings = DigestSettings()
    feeds: FeedSettings = FeedSettings()
    people: PeopleSettings = PeopleSettings()
    watches: WatchSettings = WatchSettings()
    mail: MailSettings = MailSettings()
    slack: SlackSettings = SlackSettings()
    outlets: tuple[KnownName, ...] = ()
    speakers: tuple[KnownName, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    cues: Cues = field(default_factory=shipped_cues)

    @property
    def index_folder(self) -> Path:
        """Where the search index lies."""
        return self.data / "index"

    @property
    def vectors_folder(self) -> Path:
        """Where the claims' vectors lie."""
        return self.data / "vectors"
