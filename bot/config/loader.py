"""Read and validate all settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.config.cues import load_cues
from bot.config.environment import (
    data_folder,
    database_url,
    metrics_port,
    proxies,
    slack_settings,
    variables,
)
from bot.config.feeds import read_listed_feeds
from bot.config.files import (
    SettingsFile,
    raise_mistakes,
    read_shipped,
    read_yaml,
    report_mistyped_names,
)
from bot.config.names import apart_names, known_names, read_names
from bot.config.sections import read_sections
from bot.config.settings import (
    DigestSettings,
    ExtractSettings,
    FeedSettings,
    FetchSettings,
    IngestSettings,
    MetricsSettings,
    PeopleSettings,
    RetentionSettings,
    SearchSettings,
    Settings,
    SlackSettings,
    StoreSettings,
    WatchSettings,
)

SECTIONS = {
    "store": StoreSettings(),
    "ingest": IngestSettings(),
    "fetch": FetchSettings(),
    "extract": ExtractSettings(),
    "search": SearchSettings(),
    "digest": DigestSettings(),
    "feeds": FeedSettings(),
    "people": PeopleSettings(),
    "watches": WatchSettings(),
    "retention": RetentionSettings(),
    "metrics": MetricsSettings(),
}
"""The sections of bot.yml, with their defaults."""

SETTINGS_FILES = ("bot.yml", "cues.yml", "feeds.yml", "outlets.yml")
"""The files that are read from the config folder of the data folder."""


def load(environ: Mapping[str, str] | None = None, *, slack: bool = False) -> Settings:
    """Read and validate all settings; those for Slack only if `slack` is true.

    Raises SettingsError that lists every mistake at once.
    """
    env = variables(environ)
    mistakes: list[str] = []
    data = data_folder(env, mistakes)
    own_file = read_yaml(data / "config" / "bot.yml", mistakes)
    files = [read_shipped("bot.yml", mistakes), *([own_file] if own_file else [])]
    sections = read_sections(files, SECTIONS, mistakes)
    _check_intervals(files[-1], sections["feeds"], mistakes)
    if sections["fetch"].proxies:
        sections["fetch"] = replace(sections["fetch"], servers=proxies(env, mistakes))
    sections["search"] = replace(
        sections["search"], password=env.get("OPENSEARCH_PASSWORD") or None
    )
    if slack and (port := metrics_port(env, mistakes)):
        sections["metrics"] = replace(sections["metrics"], port=port)
    for _ in read_listed_feeds(data, mistakes):
        pass  # only report its mistakes: feeds.yml is read again whenever it is needed
    names = read_names(data, mistakes)
    settings = Settings(
        data=data,
        database_url=database_url(env, data, mistakes),
        slack=slack_settings(env, mistakes) if slack else SlackSettings(),
        sentry_dsn=env.get("SENTRY_DSN") or None,
        outlets=tuple(known_names(names, "outlets", mistakes)),
        speakers=(speakers := tuple(known_names(names, "speakers", mistakes))),
        apart=tuple(apart_names(names, speakers, mistakes)),
        cues=load_cues(data, mistakes),
        **sections,
    )
    report_mistyped_names(data / "config", SETTINGS_FILES, mistakes)
    raise_mistakes(mistakes)
    return settings


def _check_intervals(file: SettingsFile, feeds: FeedSettings, mistakes: list[str]) -> None:
    if feeds.shortest_minutes > feeds.longest_minutes:
        location = file.location("feeds", "shortest_minutes")
        mistakes.append(
            f"{location}: feeds.shortest_minutes is {feeds.shortest_minutes}, but must be no more "
            f"than feeds.longest_minutes, which is {feeds.longest_minutes}"
        )
