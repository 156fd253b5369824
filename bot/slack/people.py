"""Who may change what everybody sees."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.newsroom import Newsroom
from bot.slack.refusals import refused


async def is_admin(newsroom: Newsroom, client: AsyncWebClient, person: str, *, failed: str) -> bool:
    """Whether a person is one of people.admins or, where nobody is named there, an admin of the
    workspace. Raises SlackError where Slack does not say; `failed` says what did not happen."""
    if admins := newsroom.settings.people.admins:
        return person in admins
    try:
        known = (await client.users_info(user=person))["user"]
    except SlackApiError as error:
        lost = "Nothing was changed."
        raise refused(error, failed, again="try again", lost=lost) from error
    return bool(known.get("is_admin") or known.get("is_owner"))
