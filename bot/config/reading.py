"""All settings read and checked together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.config.cues import own_cues
from bot.config.environment import data_folder, database_url, proxies, slack_settings, variables
from bot.config.feeds import listed_feeds
from bot.config.files import SettingsFile, read_shipped, read_yaml, refuse
from bot.config.names import apart_names, known_names, read_names
from bot.config.sections import read_sections
from bot.config.settings import (
    DigestSettings,
    ExtractSettings,
    FeedSettings,
    FetchSettings,
    IngestSettings,
    MailSettings,
    PeopleSettings,
    SearchSettings,
    Settings,
    SlackSettings,
    WatchSettings,
)

SECTIONS = {
    "ingest": IngestSettings(),
    "fetch": FetchSettings(),
    "extract": ExtractSettings(),
    "search": SearchSettings(),
    "digest": DigestSettings(),
    "feeds": FeedSettings(),
    "people": PeopleSettings(),
    "watches": WatchSettings(),
    "mail": MailSettings(),
}
"""The sections of bot.yml, with their defaults."""


def load(environ: Mapping[str, str] | None = None, *, slack: bool = False) -> Settings:
    """Read and validate all settings; those of Slack only where `slack` asks for them.

    Raises SettingsError that lists every mistake at once.
    """
    env = variables(environ)
    mistakes: list[str] = []
    data = data_folder(env, mistakes)
    own = read_yaml(data / "config" / "bot.yml", mistakes)
    written = [read_shipped("bot.yml", mistakes), *([own] if own else [])]
    sections = read_sections(written, SECTIONS, mistakes)
    _check_intervals(written[-1], sections["feeds"], mistakes)
    if sections["fetch"].proxies:
        sections["fetch"] = replace(sections["fetch"], servers=proxies(env, mistakes))
    sections["mail"] = replace(sections["mail"], password=env.get("SMTP_PASSWORD") or None)
    for _ in listed_feeds(data, mistakes):
        pass  # only its mistakes are of interest now: it is read anew whenever it is gone by
    names = read_names(data, mistakes)
    settings = Settings(
        data=data,
        database_url=database_url(env, data, mistakes),
        slack=slack_settings(env, mistakes) if slack else SlackSettings(),
        outlets=tuple(known_names(names, "outlets", mistakes)),
        speakers=(speakers := tuple(known_names(names, "speakers", mistakes))),
        apart=tuple(apart_names(names, speakers, mistakes)),
        cues=own_cues(data, mistakes),
        **sections,
    )
    refuse(mistakes)
    return settings


def _check_intervals(file: SettingsFile, feeds: FeedSettings, mistakes: list[str]) -> None:
    if feeds.shortest_minutes > feeds.longest_minutes:
        where = file.where("feeds", "shortest_minutes")
        mistakes.append(
            f"{where}: feeds.shortest_minutes is {feeds.shortest_minutes}, but must be no more "
            f"than feeds.longest_minutes, which is {feeds.longest_minutes}"
        )
