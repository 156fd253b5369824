"""Validate corrections of an article's title, outlet and date. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.corrections.articles import FIELDS, MAX_LENGTHS, is_day
from bot.model import ArticleCard
from bot.newsroom.corrections.claim_changes import (
    FieldChanges,
    collapse_whitespace,
    correction_error,
)
from bot.words import say


def validate_changes(
    article: ArticleCard, values: Mapping[str, str], now: datetime
) -> FieldChanges:
    """Validate the values that a person gives, and leave out those that change nothing.

    Raises QueryError, worded for that person.
    """
    old_values = {
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published_on.isoformat() if article.published_on else None,
    }
    validated = {name: _validate(name, value, now) for name, value in values.items()}
    new_values = {name: value for name, value in validated.items() if value != old_values[name]}
    if not new_values:
        raise correction_error("corrections.nothing")
    return FieldChanges(new_values, {name: old_values[name] for name in new_values})


def _validate(name: str, value: str, now: datetime) -> str | None:
    if name not in FIELDS:
        raise correction_error("corrections.no_field", field=name)
    text = collapse_whitespace(value)
    if not text:
        return None
    if name == "published":
        return _validate_day(text, now)
    if len(text) > MAX_LENGTHS[name]:
        raise correction_error("corrections.too_long", most=MAX_LENGTHS[name])
    if not any(map(str.isalnum, text)):
        field = say(f"corrections.field_{name}")
        raise correction_error("corrections.no_value", field=field, value=text)
    return text


def _validate_day(text: str, now: datetime) -> str:
    if not is_day(text):
        raise correction_error("corrections.no_day", value=text)
    # It may already be tomorrow in time zones east of UTC.
    if date.fromisoformat(text) > (now + timedelta(days=1)).date():
        raise correction_error("corrections.not_yet", value=text)
    return text
