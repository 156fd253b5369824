"""Everything that Claimdesk raises on purpose.

    BotError
    ├── SettingsError     a setting is missing or cannot be used
    ├── IngestError       bytes that are no article
    │   └── FetchError    an address that gave none
    ├── ExtractionError   the tagger's files are missing or damaged
    ├── StoreError        the system of record cannot be reached or refuses
    ├── SearchIndexError  the search index cannot be used
    ├── QueryError        a query that cannot be read
    ├── NotFoundError     no such article, claim or answer (any more)
    ├── MailError         an e-mail that could not be sent
    └── SlackError        Slack refused, or could not be reached

The text of an error reads "what failed: subject: why. What to do." so that it
can be shown to a person as it stands. It never holds a token or an article's body.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal


class BotError(Exception):
    """Say what failed, with which thing, why, and what to do about it.

    `message` completes "Claimdesk …" ("cannot read the article"), `subject` names the
    thing, `cause` says why, `remedy` what the person can do.
    """

    def __init__(
        self, message: str, *, subject: str = "", cause: str = "", remedy: str = ""
    ) -> None:
        self.message, self.subject, self.cause, self.remedy = message, subject, cause, remedy
        super().__init__(message)

    @property
    def failure(self) -> str:
        """What failed and why, without what to do about it."""
        return ": ".join(part for part in (self.message, self.subject, self.cause) if part)

    def __str__(self) -> str:
        return f"{self.failure}. {self.remedy}" if self.remedy else self.failure


class SettingsError(BotError):
    """A setting is missing or cannot be used."""


class IngestError(BotError):
    """These bytes are no article that Claimdesk can read.

    `where` is the place in the file, if it is not all of it ("line 3"). One that `is_no_story` is
    well formed, but a picture, an event or the like, which is passed over.
    """

    def __init__(
        self,
        message: str,
        *,
        subject: str = "",
        cause: str = "",
        remedy: str = "",
        where: str = "",
        is_no_story: bool = False,
    ) -> None:
        self.where, self.is_no_story = where, is_no_story
        super().__init__(message, subject=subject, cause=cause, remedy=remedy)


FetchKind = Literal[
    "url",  # no address of http or https
    "refused",  # a host or port that is not of the public internet
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
    "server",  # another status that brings nothing
    "type",  # something other than what was asked for
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
"""What a person can do about each, where there is something."""


class FetchError(IngestError):
    """What an address did not give, and why: `kind` to branch on, the `status` that the site
    answered with, if it did, and how long it asks to wait (`retry_after`)."""

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
    """The system of record cannot be reached or refuses."""


class SearchIndexError(BotError):
    """The search index cannot be used."""


class QueryError(BotError):
    """A query that cannot be read; `position` is the code point where reading stopped."""

    def __init__(self, message: str, *, position: int = 0, remedy: str = "") -> None:
        self.position = position
        super().__init__(message, remedy=remedy)


class NotFoundError(BotError):
    """No such article, claim or answer, or not any more."""


class MailError(BotError):
    """An e-mail was not sent."""


class SlackError(BotError):
    """Slack refused or could not be reached; `code` is Slack's own word for why."""

    def __init__(
        self, message: str, *, code: str = "", subject: str = "", cause: str = "", remedy: str = ""
    ) -> None:
        self.code = code
        super().__init__(message, subject=subject, cause=cause, remedy=remedy)
