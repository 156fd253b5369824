"""Settings: config/*.yml, overridden by the data folder's files and then by the environment.

Only environment.py reads the environment. All mistakes are reported at once, and secrets are never
printed.
"""

from bot.config.cues import Cues, shipped_cues
from bot.config.feeds import ListedFeed, load_listed_feeds
from bot.config.files import shipped_folder
from bot.config.loader import SECTIONS, load
from bot.config.names import KnownName
from bot.config.sections import DECIMAL_SETTINGS, RANGES
from bot.config.settings import (
    DigestSettings,
    ExtractSettings,
    FeedSettings,
    FetchSettings,
    IngestSettings,
    MetricsSettings,
    PeopleSettings,
    Proxies,
    Proxy,
    RetentionSettings,
    SearchSettings,
    Settings,
    SlackSettings,
    StoreSettings,
    WatchSettings,
)

__all__ = [
    "DECIMAL_SETTINGS",
    "RANGES",
    "SECTIONS",
    "Cues",
    "DigestSettings",
    "ExtractSettings",
    "FeedSettings",
    "FetchSettings",
    "IngestSettings",
    "KnownName",
    "ListedFeed",
    "MetricsSettings",
    "PeopleSettings",
    "Proxies",
    "Proxy",
    "RetentionSettings",
    "SearchSettings",
    "Settings",
    "SlackSettings",
    "StoreSettings",
    "WatchSettings",
    "load",
    "load_listed_feeds",
    "shipped_cues",
    "shipped_folder",
]
