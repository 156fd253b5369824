"""Settings: config/*.yml, overridden in the data folder, and the environment, which wins.

The only reader of os.environ. All mistakes are reported at once, and no secret is printed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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


def shipped(name: str) -> Path:
    """Find a folder that travels with the program ("config", "seeds"): in the wheel, else in the
    checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "shipped" / name
    return installed if installed.is_dir() else here.parent / name


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and validate all settings.

    Raises SettingsError that lists every mistake at once.
    """
    env = {k: v.strip() for k, v in (os.environ if environ is None else environ).items()}
    mistakes: list[str] = []
    data = Path(env.get("CLAIMDESK_DATA") or platformdirs.user_data_path("claimdesk", False))
    data = data.expanduser().absolute()
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
        slack=_slack(env, mistakes),
        outlets=tuple(_names(names, "outlets", mistakes)),
        speakers=tuple(_names(names, "speakers", mistakes)),
        **sections,
    )
    if mistakes:
        listed = "".join(f"\n  - {m}" for m in mistakes)
        raise SettingsError(f"these settings cannot be used:{listed}\nNothing was started")
    return settings


def _merged(data: Path, mistakes: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The shipped bot.yml with the data folder's laid over it, and the names of outlets.yml (the
    data folder's replaces the shipped one)."""
    defaults = _yaml(shipped("config") / "bot.yml", mistakes)
    own = _yaml(data / "config" / "bot.yml", mistakes)
    for section, values in own.items():
        if section not in defaults:
            mistakes.append(_unknown("bot.yml", section, list(defaults)))
        elif not isinstance(values, dict):
            mistakes.append(f"bot.yml: {section} must hold settings, one a line")
        else:
            for key in values:
                if key not in defaults[section]:
                    mistakes.append(_unknown("bot.yml", f"{section}.{key}", defaults[section]))
            defaults[section] |= {k: v for k, v in values.items() if k in defaults[section]}
    own_names = data / "config" / "outlets.yml"
    names = own_names if own_names.exists() else shipped("config") / "outlets.yml"
    return defaults, _yaml(names, mistakes)


def _yaml(path: Path, mistakes: list[str]) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mistakes.append(f"{path}: cannot be read as YAML: {' '.join(str(error).split())}")
        return {}
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        mistakes.append(f"{path}: must hold names with values, not {type(loaded).__name__}")
        return {}
    return loaded


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
                f"bot.yml: {section}.{key} is {value!r}, but must be a whole number "
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
            mistakes.append(f"bot.yml: search.spelling has {group!r}, which is no list of words")
        else:
            yield tuple(group)


def _names(names: Mapping[str, Any], kind: str, mistakes: list[str]) -> Iterator[KnownName]:
    for entry in names.get(kind) or []:
        try:
            yield KnownName(
                name=_text(entry["name"]),
                aliases=tuple(map(_text, entry.get("aliases", ()))),
                domains=tuple(map(_text, entry.get("domains", ()))),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            mistakes.append(f"outlets.yml: {kind} has {entry!r}, but needs name: and aliases: []")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()


def _database_url(env: Mapping[str, str], data: Path, mistakes: list[str]) -> str:
    url = env.get("DATABASE_URL")
    if not url:
        return f"sqlite:///{data / 'claimdesk.sqlite3'}"
    scheme = url.split(":", 1)[0]
    # Hosting platforms hand out postgres:// URLs; SQLAlchemy wants the driver named.
    if scheme in ("postgres", "postgresql"):
        return "postgresql+psycopg" + url[len(scheme) :]
    if scheme not in ("sqlite", "postgresql+psycopg"):
        mistakes.append(
            f"DATABASE_URL begins with {scheme}:, but must begin with sqlite: or postgresql:"
        )
    return url


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
        api_url=env.get("SLACK_API_URL") or None,
        port=int(port),
    )
