"""Everything that Claimdesk raises on purpose.

    BotError
    ├── SettingsError     a setting is missing or cannot be used
    ├── IngestError       bytes that are no article
    ├── ExtractionError   the tagger's files are missing or damaged
    ├── StoreError        the system of record cannot be reached or refuses
    ├── SearchIndexError  the search index cannot be used
    ├── QueryError        a query that cannot be read
    ├── NotFoundError     no such article, claim or answer (any more)
    └── SlackError        Slack refused, or could not be reached

The text of an error reads "what failed: subject: why. What to do." so that it
can be shown to a person as it stands. It never holds a token or an article's body.
"""

from __future__ import annotations


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

    def __str__(self) -> str:
        text = ": ".join(part for part in (self.message, self.subject, self.cause) if part)
        return f"{text}. {self.remedy}" if self.remedy else text


class SettingsError(BotError):
    """A setting is missing or cannot be used."""


class IngestError(BotError):
    """These bytes are no article that Claimdesk can read."""


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


class SlackError(BotError):
    """Slack refused or could not be reached; `code` is Slack's own word for why."""

    def __init__(
        self, message: str, *, code: str = "", subject: str = "", cause: str = "", remedy: str = ""
    ) -> None:
        self.code = code
        super().__init__(message, subject=subject, cause=cause, remedy=remedy)
