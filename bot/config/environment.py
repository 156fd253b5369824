"""The environment, which overrides the files. Only this module reads os.environ."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import platformdirs

from bot.config.files import format_value
from bot.config.settings import Proxies, Proxy, SlackSettings

SQLITE_URL = re.compile(r"sqlite:///")
POSTGRES_URL = re.compile(
    r"(?:postgres|postgresql|postgresql\+psycopg)://"
    r"(?P<rest>(?:[^:/]*(?::[^@]*)?@)?+(?:\[[^/?@]+\]|[^/:?@]*)(?::\d{1,5})?(?:/.*|\?.*)?)",
    re.ASCII,
)
"""The URLs that SQLAlchemy accepts: "@" in a password, and ":" and "/" in a user's name, are
percent-encoded."""
PROXY_URL = re.compile(
    r"(?:http://)?(?:(?P<user>[^@/]+)@)?(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})/?",
    re.ASCII,
)


def variables(environ: Mapping[str, str] | None) -> dict[str, str]:
    """Return the variables of the environment, stripped; an empty one counts as not set.

    If `environ` is given, it replaces the environment.
    """
    return {
        name: value.strip() for name, value in (os.environ if environ is None else environ).items()
    }


def data_folder(env: Mapping[str, str], mistakes: list[str]) -> Path:
    """Return the folder of the store and the index."""
    data = Path(env.get("CLAIMDESK_DATA") or platformdirs.user_data_path("claimdesk", False))
    try:
        data = data.expanduser()
    except RuntimeError:
        mistakes.append(
            f"CLAIMDESK_DATA is {format_value(str(data))}, but there is no such home folder"
        )
    return data.absolute()


def database_url(env: Mapping[str, str], data: Path, mistakes: list[str]) -> str:
    """Return the URL of the store, for SQLAlchemy."""
    url = env.get("DATABASE_URL")
    if not url:
        return f"sqlite:///{quote(str(data / 'claimdesk.sqlite3'))}"
    if SQLITE_URL.match(url):
        return url
    # Do not quote an invalid URL: it may contain the password.
    if not (match := POSTGRES_URL.fullmatch(url)):
        mistakes.append(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name or "
            "sqlite:////folder/file"
        )
        return url
    # Hosting platforms provide postgres:// URLs, but SQLAlchemy needs the driver's name.
    return f"postgresql+psycopg://{match['rest']}"


def slack_settings(env: Mapping[str, str], mistakes: list[str]) -> SlackSettings:
    """Read the settings for Slack."""
    bot_token, app_token = env.get("SLACK_BOT_TOKEN") or None, env.get("SLACK_APP_TOKEN") or None
    if bot_token and not bot_token.startswith("xoxb-"):
        mistakes.append("SLACK_BOT_TOKEN must begin with xoxb- (OAuth & Permissions in the app)")
    if app_token and not app_token.startswith("xapp-"):
        mistakes.append("SLACK_APP_TOKEN must begin with xapp- (Basic Information in the app)")
    api_url = env.get("SLACK_API_URL")
    return SlackSettings(
        bot_token=bot_token,
        app_token=app_token,
        signing_secret=env.get("SLACK_SIGNING_SECRET") or None,
        # Slack's client appends method names to the address.
        api_url=f"{api_url.rstrip('/')}/" if api_url else None,
        host=_host(env, mistakes),
        port=_port(env, "PORT", mistakes) or 3000,
    )


def metrics_port(env: Mapping[str, str], mistakes: list[str]) -> int | None:
    """Read the port for metrics, which must differ between processes with the same settings."""
    return _port(env, "METRICS_PORT", mistakes)


def _port(env: Mapping[str, str], name: str, mistakes: list[str]) -> int | None:
    if not (port := env.get(name)):
        return None
    if port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        return int(port)
    mistakes.append(f"{name} is {port!r}, but must be a number from 1 to 65535")
    return None


def _host(env: Mapping[str, str], mistakes: list[str]) -> str:
    """Read where to listen: platforms that set PORT expect the program to be reachable there."""
    host = env.get("CLAIMDESK_HOST") or ("" if env.get("PORT") else "127.0.0.1")
    if not re.fullmatch(r"[\w.:-]*", host, re.ASCII):
        mistakes.append(f"CLAIMDESK_HOST is {host!r}, but must be a name or an address")
    return host


def proxies(env: Mapping[str, str], mistakes: list[str]) -> Proxies:
    """Read the proxies, and the hosts to reach without one."""
    return Proxies(
        http=_proxy("HTTP_PROXY", _proxy_variable(env, "HTTP_PROXY"), mistakes),
        https=_proxy("HTTPS_PROXY", _proxy_variable(env, "HTTPS_PROXY"), mistakes),
        excluded_hosts=tuple(
            name
            for part in _proxy_variable(env, "NO_PROXY").lower().split(",")
            if (name := part.strip().lstrip("."))
        ),
    )


def _proxy_variable(env: Mapping[str, str], name: str) -> str:
    """Read a proxy variable. Its name may be in lower case or in capitals; both are common."""
    return env.get(name.lower()) or env.get(name) or ""


def _proxy(name: str, url: str, mistakes: list[str]) -> Proxy | None:
    if not url:
        return None
    # Do not quote an invalid URL: it may contain the password.
    if not (match := PROXY_URL.fullmatch(url)) or not 0 < int(match["port"]) < 65536:
        mistakes.append(f"{name} must look like http://user:password@host:port")
        return None
    user = unquote_to_bytes(match["user"] or "")
    authorization = f"Basic {b64encode(user).decode()}" if user else ""
    return Proxy(match["host"].strip("[]"), int(match["port"]), authorization)
