"""What a correction changes of an article's title, outlet and date: checked, without what is so
already. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.corrections.articles import FIELDS, MAX_LENGTHS, is_day
from bot.errors import QueryError
from bot.model import ArticleCard
from bot.newsroom.corrections.claim_changes import FieldChanges, collapse_whitespace
from bot.words import say


def validate_changes(card: ArticleCard, said: Mapping[str, str], now: datetime) -> FieldChanges:
    """Check what a person says of an article. Raises QueryError, in words for them."""
    before = {
        "title": card.title,
        "outlet": card.outlet,
        "published": card.published_on.isoformat() if card.published_on else None,
    }
    given = {name: _checked(name, value, now) for name, value in said.items()}
    after = {name: value for name, value in given.items() if value != before[name]}
    if not after:
        raise _cannot("corrections.nothing")
    return FieldChanges(after, {name: before[name] for name in after})


def _checked(name: str, value: str, now: datetime) -> str | None:
    if name not in FIELDS:
        raise _cannot("corrections.no_field", field=name)
    text = collapse_whitespace(value)
    if not text:
        return None
    if name == "published":
        return _day(text, now)
    if len(text) > MAX_LENGTHS[name]:
        raise _cannot("corrections.too_long", most=MAX_LENGTHS[name])
    if not any(map(str.isalnum, text)):
        raise _cannot("corrections.no_value", field=say(f"corrections.field_{name}"), value=text)
    return text


def _day(text: str, now: datetime) -> str:
    if not is_day(text):
        raise _cannot("corrections.no_day", value=text)
    # In the east it is tomorrow already.
    if date.fromisoformat(text) > (now + timedelta(days=1)).date():
        raise _cannot("corrections.not_yet", value=text)
    return text


def _cannot(key: str, **values: object) -> QueryError:
    return QueryError(f"{say('corrections.cannot')}: {say(key, **values)}")
