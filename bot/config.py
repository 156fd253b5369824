"""Settings: config/*.yml, overridden in the data folder, and the environment, which wins.

The only reader of os.environ. All mistakes are reported at once, and no secret is printed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import platformdirs
import yaml

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """`max_megabytes`: the largest file that is read as one article."""

    max_megabytes: int = 10


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """`threads` of the tagger; 0 takes one for each core."""

    threads: int = 0


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """`spelling` holds groups of spellings that count as one word."""

    claims_per_answer: int = 3
    spelling: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """How many `claims` a digest shows, which articles are too old for it, how late it may be."""

    claims: int = 10
    oldest_days: int = 3
    catch_up_minutes: int = 120


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Tokens and addresses of Slack; None where not set. Secrets stay out of repr()."""

    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str | None = None
    port: int = 3000


@dataclass(frozen=True, slots=True)
class KnownName:
    """An outlet or a speaker, how people also call it, and an outlet's own web domains."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. `data` is the folder of the store and the index."""

    data: Path
    database_url: str = field(repr=False)
    ingest: IngestSettings = IngestSettings()
    extract: ExtractSettings = ExtractSettings()
    search: SearchSettings = SearchSettings()
    digest: DigestSettings = DigestSettings()
    slack: SlackSettings = SlackSettings()
    outlets: tuple[KnownName, ...] = ()
    speakers: tuple[KnownName, ...] = ()

    @property
    def index_folder(self) -> Path:
        """Where the search index lies."""
        return self.data / "index"


RANGES = {
    ("ingest", "max_megabytes"): (1, 1000),
    ("extract", "threads"): (0, 256),
    ("search", "claims_per_answer"): (1, 5),
    ("digest", "claims"): (1, 20),
    ("digest", "oldest_days"): (0, 36500),
    ("digest", "catch_up_minutes"): (0, 1440),
}


SQLITE_URL = re.compile(r"sqlite:///")
POSTGRES_URL = re.compile(
    r"(?:postgres|postgresql|postgresql\+psycopg)://"
    r"(?P<rest>(?:[^:/]*(?::[^@]*)?@)?+(?:\[[^/?@]+\]|[^/:?@]*)(?::\d{1,5})?(?:/.*|\?.*)?)",
    re.ASCII,
)
"""What SQLAlchemy reads: in a password @, and in a user's name : and /, are written as %40 etc."""


def shipped(name: str) -> Path:
    """Find a folder that travels with the program ("config", "seeds"): in the wheel, else in the
    checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "shipped" / name
    return installed if installed.is_dir() else here.parent / name


def load(environ: Mapping[str, str] | None = None, *, slack: bool = False) -> Settings:
    """Read and validate all settings; those of Slack only where `slack` asks for them.

    Raises SettingsError that lists every mistake at once.
    """
    env = {k: v.strip() for k, v in (os.environ if environ is None else environ).items()}
    mistakes: list[str] = []
    data = _data_folder(env, mistakes)
    chosen, names = _merged(data, mistakes)
    sections: dict[str, Any] = {
        section: cls(**_section(chosen, section, mistakes))
        for section, cls in (
            ("ingest", IngestSettings),
            ("extract", ExtractSettings),
            ("digest", DigestSettings),
        )
    }
    search = _section(chosen, "search", mistakes, but=("spelling",))
    spelling = tuple(_spelling(chosen.get("search", {}), mistakes))
    settings = Settings(
        data=data,
        database_url=_database_url(env, data, mistakes),
        search=SearchSettings(**search, spelling=spelling),
        slack=_slack(env, mistakes) if slack else SlackSettings(),
        outlets=tuple(_names(names, "outlets", mistakes)),
        speakers=tuple(_names(names, "speakers", mistakes)),
        **sections,
    )
    if mistakes:
        listed = "".join(f"\n  - {m}" for m in mistakes)
        raise SettingsError(f"these settings cannot be used:{listed}")
    return settings


def _data_folder(env: Mapping[str, str], mistakes: list[str]) -> Path:
    data = Path(env.get("CLAIMDESK_DATA") or platformdirs.user_data_path("claimdesk", False))
    try:
        data = data.expanduser()
    except RuntimeError:
        mistakes.append(f"CLAIMDESK_DATA is {_shown(str(data))}, but there is no such home folder")
    return data.absolute()


def _merged(data: Path, mistakes: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The shipped bot.yml with the data folder's laid over it, and the names of outlets.yml (the
    data folder's replaces the shipped one)."""
    defaults = _yaml(shipped("config") / "bot.yml", mistakes) or {}
    own = _yaml(data / "config" / "bot.yml", mistakes) or {}
    for section, values in own.items():
        if section not in defaults:
            mistakes.append(_unknown("bot.yml", section, defaults))
        elif isinstance(values, dict):
            for key in values:
                if key not in defaults[section]:
                    mistakes.append(_unknown("bot.yml", f"{section}.{key}", defaults[section]))
            defaults[section] |= {k: v for k, v in values.items() if k in defaults[section]}
        elif values is not None:
            mistakes.append(f"bot.yml: {section} must hold settings, one a line")
    names = _yaml(data / "config" / "outlets.yml", mistakes)
    if names is None:
        names = _yaml(shipped("config") / "outlets.yml", mistakes) or {}
    return defaults, names


def _yaml(path: Path, mistakes: list[str]) -> dict[str, Any] | None:
    """What a file holds, or None where there is no such file."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    # ValueError: text that is not UTF-8, and a date that no calendar has.
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        mistakes.append(f"{path}: cannot be read as YAML: {' '.join(str(error).split())}")
        return {}
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        mistakes.append(f"{path}: must hold names with values, not {type(loaded).__name__}")
        return {}
    return loaded


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _unknown(where: str, name: str, valid: Any) -> str:
    return f"{where}: there is no setting {name}; valid are {', '.join(sorted(map(str, valid)))}"


def _section(
    chosen: Mapping[str, Any], section: str, mistakes: list[str], but: tuple[str, ...] = ()
) -> dict[str, int]:
    """The whole numbers of one section, each checked against its range."""
    out = {}
    for key, value in chosen.get(section, {}).items():
        if key in but:
            continue
        low, high = RANGES[section, key]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            mistakes.append(
                f"bot.yml: {section}.{key} is {_shown(value)}, but must be a whole number "
                f"from {low} to {high}"
            )
        else:
            out[key] = value
    return out


def _spelling(search: Mapping[str, Any], mistakes: list[str]) -> Iterator[tuple[str, ...]]:
    groups = search.get("spelling") or []
    if not isinstance(groups, list):
        mistakes.append("bot.yml: search.spelling must be a list of lists of words")
        return
    for group in groups:
        if not isinstance(group, list) or not all(isinstance(w, str) and w for w in group):
            mistakes.append(
                f"bot.yml: search.spelling has {_shown(group)}, which is no list of words"
            )
        else:
            yield tuple(group)


def _names(names: Mapping[str, Any], kind: str, mistakes: list[str]) -> Iterator[KnownName]:
    entries = names.get(kind) or []
    if not isinstance(entries, list):
        mistakes.append(f"outlets.yml: {kind} must be a list, each with name: and aliases: []")
        return
    for entry in entries:
        try:
            yield KnownName(
                name=_text(entry["name"]),
                aliases=_texts(entry.get("aliases")),
                domains=_texts(entry.get("domains")),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            mistakes.append(
                f"outlets.yml: {kind} has {_shown(entry)}, but needs name: and aliases: []"
            )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | None):
        raise TypeError(value)
    return tuple(map(_text, value or ()))


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()


def _database_url(env: Mapping[str, str], data: Path, mistakes: list[str]) -> str:
    url = env.get("DATABASE_URL")
    if not url:
        return f"sqlite:///{quote(str(data / 'claimdesk.sqlite3'))}"
    if SQLITE_URL.match(url):
        return url
    # No part of what cannot be read is told: it may be the password.
    if not (found := POSTGRES_URL.fullmatch(url)):
        mistakes.append(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name "
            "or sqlite:////folder/file"
        )
        return url
    # Hosting platforms hand out postgres:// URLs; SQLAlchemy wants the driver named.
    return f"postgresql+psycopg://{found['rest']}"


def _folder(url: str | None) -> str | None:
    """Slack's client appends method names: the address must end in a slash."""
    return f"{url.rstrip('/')}/" if url else None


def _slack(env: Mapping[str, str], mistakes: list[str]) -> SlackSettings:
    bot, app = env.get("SLACK_BOT_TOKEN") or None, env.get("SLACK_APP_TOKEN") or None
    if bot and not bot.startswith("xoxb-"):
        mistakes.append("SLACK_BOT_TOKEN must begin with xoxb- (OAuth & Permissions in the app)")
    if app and not app.startswith("xapp-"):
        mistakes.append("SLACK_APP_TOKEN must begin with xapp- (Basic Information in the app)")
    port = env.get("PORT") or "3000"
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        mistakes.append(f"PORT is {port!r}, but must be a number from 1 to 65535")
        port = "3000"
    return SlackSettings(
        bot_token=bot,
        app_token=app,
        signing_secret=env.get("SLACK_SIGNING_SECRET") or None,
        api_url=_folder(env.get("SLACK_API_URL")),
        port=int(port),
    )
