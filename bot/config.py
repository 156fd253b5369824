"""Settings: config/*.yml, overridden in the data folder, and the environment, which wins.

The only reader of os.environ. All mistakes are reported at once, and no secret is printed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote

import platformdirs
import yaml

from bot.errors import SettingsError
from bot.model import Stance


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """`max_megabytes`: the largest file that is read as one article."""

    max_megabytes: int = 10


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    """`threads` of the tagger; 0 takes one for each core.

    Answers show nobody as the speaker of a claim whose confidence is below `unsure_below`.
    """

    threads: int = 0
    unsure_below: float = 0.5


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """`spelling` holds groups of spellings that count as one word; `vectors` says whether searches
    use the vectors that there are."""

    claims_per_answer: int = 3
    vectors: bool = True
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
class Cues:
    """The verbs of cues in their base form, each with the stance it gives to what was said, and
    the `irregular` forms of verbs beside -s, -ed and -ing."""

    stances: Mapping[str, Stance]
    irregular: Mapping[str, tuple[str, ...]]


def shipped_cues() -> Cues:
    """Read the cues that travel with the program. Raises SettingsError where they are damaged."""
    mistakes: list[str] = []
    cues = _cues(_yaml(shipped("config") / "cues.yml", mistakes) or {}, mistakes)
    _refuse(mistakes)
    return cues


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. `data` is the folder of the store and the index; `apart` holds
    lists of names no two of which are ever taken for one speaker's."""

    data: Path
    database_url: str = field(repr=False)
    ingest: IngestSettings = IngestSettings()
    extract: ExtractSettings = ExtractSettings()
    search: SearchSettings = SearchSettings()
    digest: DigestSettings = DigestSettings()
    slack: SlackSettings = SlackSettings()
    outlets: tuple[KnownName, ...] = ()
    speakers: tuple[KnownName, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    cues: Cues = field(default_factory=shipped_cues)

    @property
    def index_folder(self) -> Path:
        """Where the search index lies."""
        return self.data / "index"

    @property
    def vectors_folder(self) -> Path:
        """Where the claims' vectors lie."""
        return self.data / "vectors"


RANGES = {
    ("ingest", "max_megabytes"): (1, 1000),
    ("extract", "threads"): (0, 256),
    ("extract", "unsure_below"): (0, 1),
    ("search", "claims_per_answer"): (1, 5),
    ("digest", "claims"): (1, 20),
    ("digest", "oldest_days"): (0, 36500),
    ("digest", "catch_up_minutes"): (0, 1440),
}
DECIMAL = {("extract", "unsure_below")}
"""The settings that need not be whole numbers."""


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
    search = _section(chosen, "search", mistakes, but=("spelling", "vectors"))
    vectors = _switch(chosen, "search", "vectors", mistakes)
    spelling = tuple(_spelling(chosen.get("search", {}), mistakes))
    settings = Settings(
        data=data,
        database_url=_database_url(env, data, mistakes),
        search=SearchSettings(**search, vectors=vectors, spelling=spelling),
        slack=_slack(env, mistakes) if slack else SlackSettings(),
        outlets=tuple(_names(names, "outlets", mistakes)),
        speakers=(speakers := tuple(_names(names, "speakers", mistakes))),
        apart=tuple(_apart(names, speakers, mistakes)),
        cues=_own_cues(data, mistakes),
        **sections,
    )
    _refuse(mistakes)
    return settings


def _refuse(mistakes: list[str]) -> None:
    if mistakes:
        listed = "".join(f"\n  - {m}" for m in mistakes)
        raise SettingsError(f"these settings cannot be used:{listed}")


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
) -> dict[str, Any]:
    """The numbers of one section, each checked against its range."""
    out = {}
    for key, value in chosen.get(section, {}).items():
        if key in but:
            continue
        low, high = RANGES[section, key]
        kind, name = (float, "number") if (section, key) in DECIMAL else (int, "whole number")
        fits = isinstance(value, int | kind) and not isinstance(value, bool)
        if not fits or not low <= value <= high:
            mistakes.append(
                f"bot.yml: {section}.{key} is {_shown(value)}, but must be a {name} "
                f"from {low} to {high}"
            )
        else:
            out[key] = value
    return out


def _switch(chosen: Mapping[str, Any], section: str, key: str, mistakes: list[str]) -> bool:
    value = chosen.get(section, {}).get(key, True)
    if not isinstance(value, bool):
        mistakes.append(f"bot.yml: {section}.{key} is {_shown(value)}, but must be true or false")
    return bool(value)


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


def _own_cues(data: Path, mistakes: list[str]) -> Cues:
    """The shipped cues with the data folder's laid over them."""
    cues = shipped_cues()
    own = _cues(_yaml(data / "config" / "cues.yml", mistakes) or {}, mistakes)
    return Cues({**cues.stances, **own.stances}, {**cues.irregular, **own.irregular})


def _cues(written: Mapping[str, Any], mistakes: list[str]) -> Cues:
    stances: dict[str, Stance] = {}
    valid = get_args(Stance)
    for stance in written:
        if stance not in (*valid, "irregular"):
            mistakes.append(
                f"cues.yml: there is no stance {_shown(stance)}; valid are {', '.join(valid)}"
            )
    for stance in valid:
        for verb in _verbs(written, stance, mistakes):
            if stances.setdefault(verb, stance) != stance:
                mistakes.append(f"cues.yml: {verb!r} is under {stances[verb]} and {stance}")
    return Cues(stances, _irregular(written.get("irregular") or {}, mistakes))


def _verbs(written: Mapping[str, Any], stance: str, mistakes: list[str]) -> Iterator[str]:
    try:
        yield from (" ".join(verb.lower().split()) for verb in _texts(written.get(stance)))
    except (TypeError, ValueError):
        mistakes.append(f"cues.yml: {stance} must be a list of verbs, such as [deny, rule out]")


def _irregular(written: object, mistakes: list[str]) -> dict[str, tuple[str, ...]]:
    if isinstance(written, dict) and all(
        isinstance(text, str) and text.strip() for text in (*written, *written.values())
    ):
        return {verb.lower(): tuple(forms.lower().split()) for verb, forms in written.items()}
    mistakes.append("cues.yml: irregular must name verbs with their forms, such as say: said")
    return {}


def _apart(
    names: Mapping[str, Any], speakers: Sequence[KnownName], mistakes: list[str]
) -> Iterator[tuple[str, ...]]:
    lists = names.get("apart") or []
    if not isinstance(lists, list):
        mistakes.append("outlets.yml: apart must be a list of lists of names")
        return
    called = [{name.casefold() for name in (one.name, *one.aliases)} for one in speakers]
    for kept in lists:
        try:
            texts = _texts(kept)
        except (TypeError, ValueError):
            mistakes.append(f"outlets.yml: apart has {_shown(kept)}, which is no list of names")
            continue
        if any(len(one & {text.casefold() for text in texts}) > 1 for one in called):
            mistakes.append(f"outlets.yml: speakers joins what apart keeps apart: {_shown(kept)}")
        yield texts


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
