"""Everything that Claimdesk raises on purpose.

    BotError
    ├── SettingsError     a setting is missing or cannot be used
    ├── IngestError       bytes cannot be read as an article
    │   └── FetchError    an address cannot be fetched
    ├── ExtractionError   the tagger's files are missing or damaged
    ├── StoreError        the database cannot be reached, or refuses a request
    │   └── StoreBusyError  another writer holds it
    ├── SearchIndexError  the search index cannot be used
    │   ├── SearchIndexBusyError         another process is writing it
    │   ├── SearchIndexMissingError      it is not there yet
    │   └── SearchIndexUnavailableError  the machines that it is on do not answer
    ├── QueryError        a query cannot be parsed, or another request is invalid
    ├── NotFoundError     something does not exist, no longer does, or is off limits
    ├── ChangedError      something has changed since the person looked at it
    ├── StoppingError     work was left because the process stops; it is done after a restart
    └── SlackError        Slack refused a request, or could not be reached

The text of an error reads "what failed: subject: cause. Remedy." and is shown to people unchanged.
It never contains a token or the body of an article.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal


class BotError(Exception):
    """An error that says what failed, with which thing, why, and what to do about it.

    `message` completes "Claimdesk …" ("cannot read the article"), `subject` names the thing,
    `cause` says why it failed, and `remedy` what the person can do.
    """

    def __init__(
        self, message: str, *, subject: str = "", cause: str = "", remedy: str = ""
    ) -> None:
        self.message, self.subject, self.cause, self.remedy = message, subject, cause, remedy
        super().__init__(message)

    @property
    def failure(self) -> str:
        """What failed and why, without the remedy."""
        return ": ".join(part for part in (self.message, self.subject, self.cause) if part)

    def __str__(self) -> str:
        if not self.remedy:
            return self.failure
        stop = "" if self.failure.endswith(("?", ".")) else "."
        return f"{self.failure}{stop} {self.remedy}"


class SettingsError(BotError):
    """A setting is missing or cannot be used."""


class IngestError(BotError):
    """Claimdesk cannot read some bytes as an article.

    `location` is the place in the file ("line 3"), empty if the error concerns the whole file.
    If `is_skipped`, nothing is wrong: it is a valid document but not an article, such as a picture
    or an event. If `can_force`, it only does not look like an article, and can be read anyway.
    """

    def __init__(
        self,
        message: str,
        *,
        subject: str = "",
        cause: str = "",
        remedy: str = "",
        location: str = "",
        is_skipped: bool = False,
        can_force: bool = False,
    ) -> None:
        self.location, self.is_skipped, self.can_force = location, is_skipped, can_force
        super().__init__(message, subject=subject, cause=cause, remedy=remedy)


FetchKind = Literal[
    "url",  # not an http or https address
    "refused",  # by our own rules: a host or port outside the public internet
    "robots",  # the site asks robots to stay away
    "dns",
    "connection",
    "tls",
    "slow",
    "large",
    "redirects",  # too many, to nowhere, or from https to http
    "missing",  # 404
    "gone",  # 410: for good
    "forbidden",  # 401, 402, 403, 451: a login, a subscription, a country
    "limited",  # 429: too many requests
    "server",  # any other error status
    "type",  # another content type than expected
]
"""Why an address could not be fetched."""
FETCH_REMEDIES: dict[FetchKind, str] = {
    "url": "Use an address such as https://example.org/article.",
    "refused": "If it is your own site, add its host:port to fetch.allowed in bot.yml.",
    "robots": "Ask the site for permission, or save the page and ingest the file.",
    "dns": "Check the address, and the network of the machine Claimdesk runs on.",
    "connection": "Try again later.",
    "tls": "Tell the site's owners: its certificate or encryption is faulty.",
    "slow": "Try again later, or raise fetch.seconds in bot.yml.",
    "large": "Save just the article and ingest that, or raise fetch.max_megabytes.",
    "redirects": "Use the address that it redirects to.",
    "missing": "Check the address.",
    "forbidden": "If you have access, save the page and ingest the file.",
    "limited": "Try again later.",
    "server": "Try again later.",
    "type": "Use the address of the article itself.",
}
"""What a person can do about each kind of failure, if anything."""


class FetchError(IngestError):
    """An address could not be fetched.

    `kind` is for branching, `status` is the HTTP status if the site responded, and `retry_after` is
    how long the site asks us to wait.
    """

    def __init__(
        self,
        kind: FetchKind,
        *,
        subject: str,
        cause: str,
        remedy: str = "",
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        self.kind, self.status, self.retry_after = kind, status, retry_after
        remedy = remedy or FETCH_REMEDIES.get(kind, "")
        super().__init__("cannot fetch", subject=subject, cause=cause, remedy=remedy)


class ExtractionError(BotError):
    """The tagger's files are missing or damaged."""


class StoreError(BotError):
    """The database cannot be reached, or refuses a request."""


class StoreBusyError(StoreError):
    """Another writer held the database for as long as we were willing to wait."""


class SearchIndexError(BotError):
    """The search index cannot be used."""


class SearchIndexBusyError(SearchIndexError):
    """Another process is writing the search index, or the vectors."""


class SearchIndexMissingError(SearchIndexError):
    """The search index is still being built or fetched, so that an answer would be wrong."""


class SearchIndexUnavailableError(SearchIndexError):
    """The machines that the search index is on do not answer, or not in time."""


class QueryError(BotError):
    """A query cannot be parsed, or another request is invalid, such as an empty correction.

    `position` is the code point where the parsing of a query stopped.
    """

    def __init__(self, message: str, *, position: int = 0, remedy: str = "") -> None:
        self.position = position
        super().__init__(message, remedy=remedy)


class NotFoundError(BotError):
    """An article, claim, answer or other thing does not exist, or no longer does.

    Also raised if it exists but this person, or anyone, may not do this with it.
    """


class ChangedError(BotError):
    """Something has changed since the person looked at it, so nothing was decided about it."""


class StoppingError(BotError):
    """Work was left unfinished because the process stops; it is done after a restart."""


class SlackError(BotError):
    """Slack refused a request or could not be reached; `code` is Slack's error code."""

    def __init__(
        self, message: str, *, code: str = "", subject: str = "", cause: str = "", remedy: str = ""
    ) -> None:
        self.code = code
        super().__init__(message, subject=subject, cause=cause, remedy=remedy)
