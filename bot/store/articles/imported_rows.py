"""What can be a row of an archive that comes from elsewhere: what this program would have written.

Anybody may have had the file in hand: what would not be read back as it should is refused.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, get_args

import sqlalchemy as sa

from bot.articles.known_article import Arrival, VersionState
from bot.articles.metadata import METADATA
from bot.corrections import articles as article_corrections
from bot.corrections.claims import from_json
from bot.errors import IngestError
from bot.model import (
    AttributionType,
    ClaimKind,
    CorrectionState,
    GoneReason,
    PubStatus,
    RulingKind,
    SourceKind,
    Stance,
)
from bot.store.articles.rows import CLAIM_FIELDS
from bot.store.schema import (
    Instant,
    articles,
    claims,
    corrections,
    gone_claims,
    identities,
    originals,
    removals,
    rulings,
    versions,
)

TABLES = {
    "article": articles,
    "claim": claims,
    "version": versions,
    "identity": identities,
    "gone_claim": gone_claims,
    "removal": removals,
    "original": originals,
    "correction": corrections,
    "ruling": rulings,
}
"""What is kept, by what one row of it is called; a table stands behind those that it refers to."""

ALLOWED_WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("article", "arrival"): get_args(Arrival),
    ("version", "arrival"): get_args(Arrival),
    ("version", "state"): get_args(VersionState),
    ("version", "status"): get_args(PubStatus),
    ("gone_claim", "reason"): get_args(GoneReason),
    ("claim", "kind"): get_args(ClaimKind),
    ("claim", "type"): get_args(AttributionType),
    ("claim", "source_kind"): get_args(SourceKind),
    ("claim", "stance"): get_args(Stance),
    ("correction", "state"): get_args(CorrectionState),
    ("ruling", "ruling"): get_args(RulingKind),
}
"""The words that a column may hold, where it may not hold any."""

ID = re.compile("[0-9A-Za-z_-]+")
"""Files are named by ids, and buttons carry them."""
LARGEST_INTEGER = 2**53
"""The last whole number of which every program that reads JSON knows the next."""

# What versions keep as JSON is as it was in the columns of what is shown.
_DOCUMENT_COLUMNS: dict[str, sa.Column[Any]] = {
    **{name: articles.c[name] for name in ("origin", *METADATA)},
    "status": sa.Column("status", sa.Text),
    "embargo": sa.Column("embargo", Instant),
}
_CLAIM_COLUMNS = {name: claims.c[name] for name in CLAIM_FIELDS if name != "article_id"}
SPAN_COLUMNS = ("spans", "source_spans", "cue_spans")
"""The columns of a claim that say where its words stand in its article's text."""
_NEAR = {name: claims.c[f"near_{name}"] for name in ("speaker", "text", "report")}


class ArchiveRow(NamedTuple):
    """A row and what it is called; `place` says in errors where it stands."""

    name: str
    values: Mapping[str, Any]
    place: str = ""


def validated_values(row: ArchiveRow) -> dict[str, Any]:
    """A row's values as the database takes them. Raises IngestError that names the column."""
    if row.name not in TABLES:
        raise invalid(row, "kind", "is not known")
    columns = {column.name: column for column in TABLES[row.name].columns}
    for name in row.values:
        if name not in columns:
            raise invalid(row, name, "is not known")
    values = {name: _value(row, column, row.values.get(name)) for name, column in columns.items()}
    text = values.get("text")
    if "text_sha" in values and text is not None:
        if hashlib.sha256(text.encode()).hexdigest() != values["text_sha"]:
            raise invalid(row, "text", "is not the one that was exported")
        _require_spans(row, "paragraphs", values.get("paragraphs"), len(text))
    if row.name == "version":
        _require_fields(row, "document", values["document"], _DOCUMENT_COLUMNS, ("origin",))
        for kept in _objects(row, values["claims"] or ()):
            _require_claim(row, kept, len(values["text"]))
    if values.get("as_found"):
        known = {name: articles.c[name] for name in article_corrections.CORRECTED_COLUMNS}
        _require_fields(row, "as_found", values["as_found"], known, ())
    if row.name == "original":
        _require_claim(row, values["claim"], LARGEST_INTEGER)
    if row.name == "correction":
        for name in ("changes", "before"):
            _require_changes(row, name, values[name])
            is_of_article = values["claim_id"] == values["article_id"]
            if any((one in article_corrections.FIELDS) != is_of_article for one in values[name]):
                raise invalid(row, name, "are not those of what it corrects")
    return values


def require_article(row: ArchiveRow, article: Mapping[str, Any]) -> None:
    """Raise IngestError where a claim does not stand behind its article, or not in its text."""
    if row.values["article_id"] != article.get("id"):
        raise invalid(row, "article_id", "is not that of the article before it")
    for name in SPAN_COLUMNS:
        _require_spans(row, name, row.values.get(name), len(article["text"]))


def invalid(row: ArchiveRow, column: str, why: str) -> IngestError:
    """Say what is wrong with a column of a row."""
    return IngestError(
        "cannot import the archive",
        subject=row.place,
        cause=f"the {column} of this {row.name.replace('_', ' ')} {why}",
        remedy="Export it again. Nothing was imported.",
    )


def _value(row: ArchiveRow, column: sa.Column[Any], value: Any) -> Any:
    if value is None:
        if not column.nullable:
            raise invalid(row, column.name, "is missing")
        return None
    if isinstance(column.type, Instant | sa.Date):
        try:
            return _day_or_moment(column, value)
        except (TypeError, ValueError, OverflowError) as error:
            raise invalid(row, column.name, "is no date as it was exported") from error
    has_json = isinstance(column.type, sa.JSON)
    if not (_is_json(column.name, value) if has_json else _is_plain(column, value)):
        raise invalid(row, column.name, "is of another kind than what was exported")
    words = ALLOWED_WORDS.get((row.name, column.name))
    if words and value not in words:
        raise invalid(row, column.name, "is no word that stands there")
    return value


def _day_or_moment(column: sa.Column[Any], value: str) -> date:
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("without a zone it is no moment")
    return moment.astimezone(UTC)


def _is_plain(column: sa.Column[Any], value: Any) -> bool:
    """Tell whether a value is one that a column of no JSON holds, in either database."""
    if isinstance(column.type, sa.Float):
        return type(value) in (int, float) and math.isfinite(value)
    if type(value) is not column.type.python_type:
        return False
    if isinstance(value, str):
        length = column.type.length if isinstance(column.type, sa.String) else None
        if not _is_storable(value) or (length is not None and len(value) > length):
            return False
        if column.name == "id" or column.name.endswith("_id"):
            return bool(ID.fullmatch(value))
        return column.name != "published" or _is_date(value)
    largest = LARGEST_INTEGER if isinstance(column.type, sa.BigInteger) else 2**31
    return bool(0 <= value < largest)


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _is_date(text: str) -> bool:
    """Tell whether a text is a day or a moment in ISO 8601, as metadata and imports have them."""
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _is_json(name: str, value: Any) -> bool:
    """Tell whether a value is what a column of JSON holds."""
    if name == "ref":
        return type(value) is int or (isinstance(value, str) and _is_storable(value))
    if name in ("document", "claim", "changes", "before", "as_found"):
        return isinstance(value, dict)
    if not isinstance(value, list):
        return False
    return name != "via" or all(isinstance(one, str) and _is_storable(one) for one in value)


def _objects(row: ArchiveRow, kept: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for one in kept:
        if not isinstance(one, dict):
            raise invalid(row, "claims", "are of another kind than what was exported")
        yield one


def _require_fields(
    row: ArchiveRow,
    name: str,
    kept: Mapping[str, Any],
    columns: Mapping[str, sa.Column[Any]],
    needed: tuple[str, ...],
) -> None:
    """Raise IngestError unless JSON holds what the columns would, and all that is needed."""
    missing = [one for one in needed if one not in kept]
    for one in (*missing, *(one for one in kept if one not in columns)):
        raise invalid(
            row, f"{one} in the {name}", "is missing" if one in missing else "is not known"
        )
    as_row = ArchiveRow("claim" if name == "claims" else row.name, kept, row.place)
    for one, value in kept.items():
        _value(as_row, columns[one], value)


def _require_claim(row: ArchiveRow, kept: Mapping[str, Any], length: int) -> None:
    plain = {name: value for name, value in kept.items() if name != "near"}
    _require_fields(row, "claims", plain, _CLAIM_COLUMNS, ("id", "kind", "text"))
    for name in SPAN_COLUMNS:
        _require_spans(row, "claims", plain.get(name), length)
    if "near" in kept:
        (near,) = _objects(row, [kept["near"]])
        _require_fields(row, "claims", near, _NEAR, ("speaker", "text"))


def _require_changes(row: ArchiveRow, name: str, kept: Mapping[str, Any]) -> None:
    """Raise IngestError unless JSON holds what a correction changes."""
    try:
        texts = [str(value) for value in from_json(kept).values()]
    except ValueError as error:
        raise invalid(row, name, "are of another kind than what was exported") from error
    if not all(map(_is_storable, texts)):
        raise invalid(row, name, "are of another kind than what was exported")


def _require_spans(row: ArchiveRow, name: str, spans: list[Any] | None, length: int) -> None:
    """Raise IngestError unless spans lie in a text of a length, in their order."""
    last = 0
    for span in spans or ():
        is_pair = isinstance(span, list) and [type(one) for one in span] == [int, int]
        if not (is_pair and last <= span[0] <= span[1] <= length):
            raise invalid(row, name, "are no places in the article's text")
        last = span[1]
