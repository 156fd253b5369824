"""Say why no article could be read from an address. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.errors import FetchError, FetchKind, IngestError
from bot.slack import parts
from bot.slack.parts import Message, notice
from bot.words import say

MAX_BUTTON_VALUE = 2_000
"""Characters that Slack allows."""
PRIVATE_NETWORK_KINDS = ("dns", "refused")
"""Kinds of failures that would reveal whether a name exists in our own network."""
REMEDIES: Mapping[FetchKind, str] = {
    "url": "articles.give_an_address",
    "robots": "articles.ask_the_site",
    "connection": "articles.try_later",
    "tls": "articles.tell_the_site",
    "slow": "articles.try_later",
    "large": "articles.take_a_part",
    "redirects": "articles.give_its_end",
    "missing": "articles.check_it",
    "forbidden": "articles.save_it",
    "limited": "articles.try_later",
    "server": "articles.try_later",
    "type": "articles.give_the_article",
}
"""The key of the remedy for people in Slack, by kind of failure.

The remedies in errors.py are for the people who run Claimdesk.
"""


def read_failure_message(errors: Sequence[IngestError], url: str = "") -> Message:
    """Say why no article, or no feed, could be read from an address.

    With the article's `url`, a button reads a page that only does not look like an article.
    """
    error, cause = errors[0], _cause_and_remedy(errors[0])
    message = notice(say("articles.not_read", why=cause))
    if error.subject:
        message = notice(say("articles.not_read_there", address=error.subject, why=cause))
    if error.can_force and 0 < len(url) <= MAX_BUTTON_VALUE:
        button = parts.button(say("articles.read_anyway"), "article_anyway", url)
        return Message(message.text, [*message.blocks, parts.actions(button)])
    return message


def _cause_and_remedy(error: IngestError) -> str:
    remedy = error.remedy
    if isinstance(error, FetchError):
        if error.kind in PRIVATE_NETWORK_KINDS:
            return say("articles.only_outside")
        key = REMEDIES.get(error.kind)
        remedy = say(key) if key else ""
    return join_remedy(error.cause, remedy)


def join_remedy(cause: str, remedy: str) -> str:
    """Write a cause, which may be a question, and its remedy, if any, as sentences."""
    sentences = filter(None, (cause, remedy))
    return " ".join(text if text.endswith(("?", ".")) else f"{text}." for text in sentences)
