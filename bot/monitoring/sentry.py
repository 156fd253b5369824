"""Report errors to Sentry: where in the code, of which type, and the reference; no other text."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.errors import SettingsError
from bot.monitoring.requests import current_request

Event = dict[str, Any]

EVENT_KEYS = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment")
FRAME_KEYS = ("filename", "function", "module", "lineno", "in_app")


def report_errors(dsn: str, version: str) -> None:
    """Report what is logged as an error from now on.

    Raises SettingsError if the DSN is invalid or sentry-sdk is not installed.
    """
    try:
        import sentry_sdk
        from sentry_sdk.integrations.atexit import AtexitIntegration
        from sentry_sdk.integrations.excepthook import ExcepthookIntegration
        from sentry_sdk.integrations.logging import LoggingIntegration
        from sentry_sdk.utils import BadDsn
    except ImportError as error:
        raise SettingsError(
            "errors cannot be reported to Sentry",
            cause="sentry-sdk is not installed",
            remedy="pip install 'claimdesk[sentry]', or leave SENTRY_DSN empty.",
        ) from error
    try:
        sentry_sdk.init(
            dsn=dsn,
            release=f"claimdesk@{version}",
            # The others would record queries, requests and the statements sent to the database.
            default_integrations=False,
            integrations=[
                LoggingIntegration(level=None, event_level=logging.ERROR),
                ExcepthookIntegration(),
                AtexitIntegration(callback=lambda pending, timeout: None),
            ],
            max_breadcrumbs=0,
            include_local_variables=False,
            auto_session_tracking=False,
            before_send=_without_texts,
        )
    except BadDsn as error:  # do not quote it: it is a secret
        raise SettingsError(
            "errors cannot be reported to Sentry",
            cause="SENTRY_DSN is not a DSN",
            remedy="Copy it again from the project's page in Sentry (Client Keys).",
        ) from error


def _without_texts(event: Any, hint: Mapping[str, Any]) -> Any:
    """Keep only what can hold no text of an article, a query or a person.

    Of a line of the log, its arguments are left out; of an exception, its message.
    """
    kept: Event = {key: event[key] for key in EVENT_KEYS if key in event}
    if request := current_request():
        kept["tags"] = {"ref": request.reference}
    record = hint.get("log_record")
    if record and record.name.startswith("bot."):  # libraries log texts that they have put together
        kept["logentry"] = {"message": str(record.msg)}
    exceptions = (event.get("exception") or {}).get("values") or []
    if exceptions:
        kept["exception"] = {"values": [_without_message(exception) for exception in exceptions]}
    return kept


def _without_message(exception: Mapping[str, Any]) -> Event:
    frames = (exception.get("stacktrace") or {}).get("frames") or []
    kept_frames = [{key: frame[key] for key in FRAME_KEYS if key in frame} for frame in frames]
    return {
        "type": exception.get("type"),
        "module": exception.get("module"),
        "stacktrace": {"frames": kept_frames},
    }
