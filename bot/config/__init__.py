"""Settings: config/*.yml, overridden in the data folder, and the environment, which wins.

The only reader of the environment (environment.py). All mistakes are reported at once, and no
secret is printed.
"""

from bot.config.cues import Cues, shipped_cues
from bot.config.feeds import ListedFeed, listed_now
from bot.config.files import shipped
from bot.config.names import KnownName
from bot.config.reading import SECTIONS, load
from bot.config.sections import DECIMAL, RANGES
from bot.config.settings import (
    DigestSettings,
    ExtractSettings,
    FeedSettings,
    FetchSettings,
    IngestSettings,
    PeopleSettings,
    Proxies,
    Proxy,
    SearchSettings,
    Settings,
    SlackSettings,
    WatchSettings,
)

__all__ = [
    "DECIMAL",
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
    "PeopleSettings",
    "Proxies",
    "Proxy",
    "SearchSettings",
    "Settings",
    "SlackSettings",
    "WatchSettings",
    "listed_now",
    "load",
    "shipped",
    "shipped_cues",
]
