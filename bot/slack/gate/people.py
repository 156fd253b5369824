"""Look up people in Slack, and what they may do."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.model import is_forgotten
from bot.newsroom import Newsroom
from bot.slack.cache import AsyncCache
from bot.slack.refusals import slack_call
from bot.words import say


@dataclass(frozen=True, slots=True)
class Person:
    """A person in Slack. `teams` are the ids of their workspaces (several in an Enterprise Grid);
    `zone` is an IANA name."""

    id: str
    name: str
    teams: frozenset[str]
    zone: str | None = None
    is_admin: bool = False
    is_guest: bool = False
    is_deactivated: bool = False


MAX_NOTIFIED_ADMINS = 3
"""The most admins to notify in place of a person whose account is deactivated."""
DEFAULT_ZONE = "UTC"
"""The time zone of people whose Slack profile has none."""
PAGE_SIZE, MAX_PAGES = 200, 50
"""People per page of users.list, and the most pages to read."""

FRESH_SECONDS = 45
"""How long what Slack says of a person is used: who becomes a guest is refused within a minute."""

_people: AsyncCache[Person] = AsyncCache(FRESH_SECONDS, stale_seconds=3600)
_groups: AsyncCache[frozenset[str]] = AsyncCache(FRESH_SECONDS, stale_seconds=3600, max_entries=100)


async def get_person(
    client: AsyncWebClient, person_id: str, *, failure: str | None = None
) -> Person:
    """Look up a person (users.info, cached for less than a minute).

    Raises SlackError if the request fails; `failure` is its message: what could not be done.
    """

    async def load() -> Person:
        with _slack_call(failure):
            response = await client.users_info(user=person_id)
            return _person(response["user"])

    return await _people.get(_cache_key(client, person_id), load)


async def zone_of(client: AsyncWebClient, person_id: str) -> str | None:
    """Return the IANA name of a person's time zone; None if it is unknown."""
    try:
        return (await get_person(client, person_id)).zone
    except SlackError:
        return None


async def is_admin(
    newsroom: Newsroom, client: AsyncWebClient, person_id: str, *, failure: str
) -> bool:
    """Tell whether a person is in people.admins or, if that is empty, an admin of the workspace.

    Raises SlackError if the request fails; `failure` is its message: what could not be done.
    """
    if admins := newsroom.settings.people.admins:
        return person_id in admins
    return (await get_person(client, person_id, failure=failure)).is_admin


async def is_reviewer(
    newsroom: Newsroom, client: AsyncWebClient, person_id: str, *, failure: str
) -> bool:
    """Tell whether a person may decide on corrections and names.

    Everyone may if people.everyone_decides is set, else people.reviewers or, if that is empty, the
    admins. Raises SlackError as is_admin does.
    """
    people = newsroom.settings.people
    if people.everyone_decides:
        return True
    if people.reviewers:
        return await is_listed(client, person_id, people.reviewers, failure=failure)
    return await is_admin(newsroom, client, person_id, failure=failure)


async def needs_review(newsroom: Newsroom, client: AsyncWebClient, person_id: str) -> bool:
    """Tell whether what a person brings is shown to others only once it is accepted."""
    if not newsroom.settings.people.review_articles:
        return False
    # If Slack does not say who they are, somebody else decides.
    with contextlib.suppress(SlackError):
        return not await is_reviewer(newsroom, client, person_id, failure="")
    return True


async def reviewers(newsroom: Newsroom, client: AsyncWebClient, limit: int) -> list[str]:
    """Return the ids of up to `limit` people to ask for a decision.

    They are people.reviewers, including the members of its groups, or people.admins if that is
    empty. Raises SlackError if Slack does not list the members of a group.
    """
    people = newsroom.settings.people
    ids: dict[str, None] = {}
    for id_ in people.reviewers or people.admins:
        members = await _members(client, id_, None) if _is_group(id_) else [id_]
        ids |= dict.fromkeys(sorted(members))
    return list(ids)[:limit]


async def people_to_notify(newsroom: Newsroom, client: AsyncWebClient, owner_id: str) -> list[str]:
    """Return the ids of the people to notify for an owner: the owner or, if their account is
    deactivated, the first of people.admins or of the workspace's admins (users.list)."""
    try:
        if not is_forgotten(owner_id) and not (await get_person(client, owner_id)).is_deactivated:
            return [owner_id]
        return await admins_to_notify(newsroom, client) or [owner_id]
    except SlackError:
        # Try to notify the owner; if that fails, the Home tab shows the message to admins.
        return [owner_id]


async def admins_to_notify(newsroom: Newsroom, client: AsyncWebClient) -> list[str]:
    """Return the ids of the first of people.admins or, if that is empty, of the workspace's admins.

    Raises SlackError.
    """
    listed = newsroom.settings.people.admins[:MAX_NOTIFIED_ADMINS]
    return list(listed) or await _workspace_admins(client)


async def _workspace_admins(client: AsyncWebClient) -> list[str]:
    """Return the ids of the first admins of the workspace. Raises SlackError."""
    admins: list[str] = []
    cursor: str | None = None
    for _ in range(MAX_PAGES):
        with _slack_call(None):
            page = await client.users_list(cursor=cursor, limit=PAGE_SIZE)
            admins += [user["id"] for user in page["members"] if _is_active_admin(user)]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if len(admins) >= MAX_NOTIFIED_ADMINS or cursor is None:
            break
    return admins[:MAX_NOTIFIED_ADMINS]


def _is_active_admin(user: dict[str, Any]) -> bool:
    return _person(user).is_admin and not (user.get("deleted") or user.get("is_bot"))


async def is_listed(
    client: AsyncWebClient, person_id: str, ids: Collection[str], *, failure: str | None = None
) -> bool:
    """Tell whether `ids` has a person's id, or that of a user group that they are in.

    Raises SlackError if Slack does not list the members of a group.
    """
    if person_id in ids:
        return True
    for group in filter(_is_group, ids):
        if person_id in await _members(client, group, failure):
            return True
    return False


def clear_cache() -> None:
    """Clear the cached people and groups."""
    _people.clear()
    _groups.clear()


def _is_group(id_: str) -> bool:
    """Tell whether an id is that of a user group, not of a person."""
    return id_.startswith("S")


async def _members(client: AsyncWebClient, group: str, failure: str | None) -> frozenset[str]:
    async def load() -> frozenset[str]:
        with _slack_call(failure):
            return frozenset((await client.usergroups_users_list(usergroup=group))["users"])

    return await _groups.get(_cache_key(client, group), load)


def _slack_call(failure: str | None) -> AbstractContextManager[None]:
    outcome = say("refusals.nothing_changed") if failure else ""
    return slack_call(failure or say("access.not_known"), outcome=outcome)


def _cache_key(client: AsyncWebClient, id_: str) -> tuple[str, str | None, str]:
    return client.base_url, client.token, id_


def _person(user: dict[str, Any]) -> Person:
    """Convert a user object of Slack's API."""
    profile, grid_user = user.get("profile") or {}, user.get("enterprise_user") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("name"))
    return Person(
        id=user["id"],
        name=next(filter(None, names), user["id"]),
        teams=frozenset(filter(None, [user.get("team_id"), *grid_user.get("teams", ())])),
        zone=_known_zone(user.get("tz")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_deactivated=bool(user.get("deleted")),
    )


def _known_zone(name: object) -> str | None:
    """Return the name of a time zone if this machine knows it."""
    try:
        return ZoneInfo(name).key if isinstance(name, str) else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
