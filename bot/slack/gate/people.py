"""Who people are, as Slack says, and what they may do."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.newsroom import Newsroom
from bot.slack.cache import AsyncCache
from bot.slack.refusals import slack_call
from bot.words import say


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in Slack. `teams` are the ids of their workspaces (several in an Enterprise Grid);
    `zone` is an IANA name."""

    id: str
    name: str
    teams: frozenset[str]
    zone: str | None = None
    is_admin: bool = False
    is_guest: bool = False
    is_deactivated: bool = False


MOST_ADMINS_TOLD = 3
"""Admins who are told instead of somebody whose account is deactivated."""
DEFAULT_ZONE = "UTC"
"""The time zone of those whose Slack profile has none."""
MOST_PAGES = 50
"""Pages of a workspace's people, of 200 each."""

_people: AsyncCache[Person] = AsyncCache(300, stale_seconds=3600)
_groups: AsyncCache[frozenset[str]] = AsyncCache(300, stale_seconds=3600, max_entries=100)


async def person(client: AsyncWebClient, person_id: str, *, failed: str | None = None) -> Person:
    """Look up somebody (users.info, cached for five minutes).

    Raises SlackError if Slack does not say; `failed` says what did not happen.
    """

    async def ask() -> Person:
        with _slack_call(failed):
            answer = await client.users_info(user=person_id)
            return _person(answer["user"])

    return await _people.get(_key(client, person_id), ask)


async def zone_of(client: AsyncWebClient, person_id: str) -> str | None:
    """Return the IANA name of somebody's time zone; None if Slack does not say."""
    try:
        return (await person(client, person_id)).zone
    except SlackError:
        return None


async def is_admin(newsroom: Newsroom, client: AsyncWebClient, who: str, *, failed: str) -> bool:
    """Tell whether somebody is in people.admins or, if that is empty, an admin of the workspace.

    Raises SlackError if Slack does not say; `failed` says what did not happen.
    """
    if admins := newsroom.settings.people.admins:
        return who in admins
    return (await person(client, who, failed=failed)).is_admin


async def is_reviewer(newsroom: Newsroom, client: AsyncWebClient, who: str, *, failed: str) -> bool:
    """Tell whether somebody decides on corrections and names: everyone with
    people.everyone_decides, else people.reviewers or, if that is empty, the admins.

    Raises SlackError as is_admin does.
    """
    people = newsroom.settings.people
    if people.everyone_decides:
        return True
    if people.reviewers:
        return await is_listed(client, who, people.reviewers, failed=failed)
    return await is_admin(newsroom, client, who, failed=failed)


async def reviewers(newsroom: Newsroom, client: AsyncWebClient, most: int) -> list[str]:
    """Return the ids of the first `most` people to ask for a decision: people.reviewers with the
    members of its groups or, if that is empty, people.admins.

    Raises SlackError if Slack does not say who is in a group.
    """
    people = newsroom.settings.people
    asked: dict[str, None] = {}
    for one in people.reviewers or people.admins:
        in_group = await _in_group(client, one, None) if one.startswith("S") else [one]
        asked |= dict.fromkeys(sorted(in_group))
    return list(asked)[:most]


async def reachable_owners(newsroom: Newsroom, client: AsyncWebClient, who: str) -> list[str]:
    """Return the ids of the people to tell instead of `who`: `who` or, if their account is
    deactivated, the first of people.admins or of the workspace's admins (users.list)."""
    try:
        if not (await person(client, who)).is_deactivated:
            return [who]
        return (
            list(newsroom.settings.people.admins[:MOST_ADMINS_TOLD])
            or await _admins(client)
            or [who]
        )
    except SlackError:
        # It is posted anyway; if that fails, the Home tab shows it to admins.
        return [who]


async def _admins(client: AsyncWebClient) -> list[str]:
    """Return the first admins of the workspace. Raises SlackError."""
    found: list[str] = []
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        with _slack_call(None):
            page = await client.users_list(cursor=cursor, limit=200)
            found += [one["id"] for one in page["members"] if _is_active_admin(one)]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if len(found) >= MOST_ADMINS_TOLD or cursor is None:
            break
    return found[:MOST_ADMINS_TOLD]


def _is_active_admin(known: dict[str, Any]) -> bool:
    return _person(known).is_admin and not (known.get("deleted") or known.get("is_bot"))


async def is_listed(
    client: AsyncWebClient, who: str, named: Collection[str], *, failed: str | None = None
) -> bool:
    """Tell whether `named` has somebody's id, or that of a user group that they are in.

    Raises SlackError if Slack does not say who is in a group.
    """
    if who in named:
        return True
    for group in (one for one in named if one.startswith("S")):
        if who in await _in_group(client, group, failed):
            return True
    return False


def clear_cache() -> None:
    """Forget what Slack said of people and groups."""
    _people.clear()
    _groups.clear()


async def _in_group(client: AsyncWebClient, group: str, failed: str | None) -> frozenset[str]:
    async def ask() -> frozenset[str]:
        with _slack_call(failed):
            return frozenset((await client.usergroups_users_list(usergroup=group))["users"])

    return await _groups.get(_key(client, group), ask)


def _slack_call(failed: str | None) -> AbstractContextManager[None]:
    lost = say("refusals.nothing_changed") if failed else ""
    return slack_call(failed or say("access.not_known"), outcome=lost)


def _key(client: AsyncWebClient, asked_for: str) -> tuple[str, str | None, str]:
    return client.base_url, client.token, asked_for


def _person(known: dict[str, Any]) -> Person:
    profile, many = known.get("profile") or {}, known.get("enterprise_user") or {}
    names = (profile.get("display_name"), profile.get("real_name"), known.get("name"))
    return Person(
        id=known["id"],
        name=next(filter(None, names), known["id"]),
        teams=frozenset(filter(None, [known.get("team_id"), *many.get("teams", ())])),
        zone=_zone(known.get("tz")),
        is_admin=bool(known.get("is_admin") or known.get("is_owner")),
        is_guest=bool(known.get("is_restricted") or known.get("is_ultra_restricted")),
        is_deactivated=bool(known.get("deleted")),
    )


def _zone(name: object) -> str | None:
    """Return a time zone's name if this machine knows it."""
    try:
        return ZoneInfo(name).key if isinstance(name, str) else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
