"""Validate the rows of an archive to restore: only what this program would have written is valid.

Anybody may have edited the file, so a value that could not be read back correctly is rejected.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, get_args

import sqlalchemy as sa

from bot.articles.known_article import Arrival, VersionState
from bot.articles.metadata import METADATA
from bot.corrections import articles as article_corrections
from bot.corrections.claims import from_json
from bot.errors import IngestError
from bot.model import (
    Act,
    AttributionType,
    ClaimKind,
    CorrectionState,
    Doubt,
    GoneReason,
    PubStatus,
    ReviewKind,
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
"""The exported tables by the name of a row; a table comes after the tables that it refers to."""

ALLOWED_VALUES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("article", "arrival"): get_args(Arrival),
    ("article", "doubt"): get_args(Doubt),
    ("version", "arrival"): get_args(Arrival),
    ("version", "state"): get_args(VersionState),
    ("version", "status"): get_args(PubStatus),
    ("version", "doubt"): get_args(Doubt),
    ("gone_claim", "reason"): get_args(GoneReason),
    ("claim", "kind"): get_args(ClaimKind),
    ("claim", "type"): get_args(AttributionType),
    ("claim", "source_kind"): get_args(SourceKind),
    ("claim", "act"): get_args(Act),
    ("claim", "stance"): get_args(Stance),
    ("correction", "state"): get_args(CorrectionState),
    ("ruling", "ruling"): get_args(RulingKind),
}
"""The values allowed in columns with a fixed set of values."""

ID = re.compile("[0-9A-Za-z_-]+")
"""The characters of ids, which are used in file names and in buttons."""
MAX_INTEGER = 2**53
"""JSON parsers that use floats read integers exactly only up to this."""

# The JSON in `versions` has the same values as the columns of shown articles and claims.
_DOCUMENT_COLUMNS: dict[str, sa.Column[Any]] = {
    **{name: articles.c[name] for name in ("origin", *METADATA)},
    "status": sa.Column("status", sa.Text),
    "embargo": sa.Column("embargo", Instant),
    **{name: articles.c[name] for name in ("review", "brought_by", "doubt")},
}
_CLAIM_COLUMNS = {name: claims.c[name] for name in CLAIM_FIELDS if name != "article_id"}
SPAN_COLUMNS = ("spans", "source_spans", "cue_spans")
"""The columns of a claim that locate its words in the article's text."""
_NEAR_COLUMNS = {name: claims.c[f"near_{name}"] for name in ("speaker", "text", "report")}

WRONG_TYPE = "is of another kind than what was exported"
WRONG_TYPES = "are of another kind than what was exported"
"""The problem with a value, or with values, of the wrong type, for `invalid`."""


class ArchiveRow(NamedTuple):
    """A row of an exported table; `name` is a key of TABLES, `place` locates the row in errors."""

    name: str
    values: Mapping[str, Any]
    place: str = ""


def validated_values(row: ArchiveRow) -> dict[str, Any]:
    """Convert a row's values for the database. Raises IngestError, which names the column."""
    if row.name not in TABLES:
        raise invalid(row, "kind", "is not known")
    columns = {column.name: column for column in TABLES[row.name].columns}
    for name in row.values:
        if name not in columns:
            raise invalid(row, name, "is not known")
    values = {
        name: _convert_value(row, column, row.values.get(name)) for name, column in columns.items()
    }
    text = values.get("text")
    is_erased = row.name == "version" and text == ""
    if "text_sha" in values and text is not None and not is_erased:
        if hashlib.sha256(text.encode()).hexdigest() != values["text_sha"]:
            raise invalid(row, "text", "is not the one that was exported")
        _require_spans(row, "paragraphs", values.get("paragraphs"), len(text))
    if row.name == "version":
        _require_fields(row, "document", values["document"], _DOCUMENT_COLUMNS, ("origin",))
        for claim in values["claims"] or ():
            _require_claim(row, _require_object(row, claim), len(values["text"]))
    if values.get("as_found"):
        columns = {name: articles.c[name] for name in article_corrections.CORRECTED_COLUMNS}
        _require_fields(row, "as_found", values["as_found"], columns, ())
    if row.name == "original":
        _require_claim(row, values["claim"], MAX_INTEGER)
    if row.name == "correction":
        for name in ("changes", "before"):
            _require_changes(row, name, values[name])
            is_of_article = values["claim_id"] == values["article_id"]
            if any((key in article_corrections.FIELDS) != is_of_article for key in values[name]):
                raise invalid(row, name, "are not those of what it corrects")
    return values


def require_article(row: ArchiveRow, article: Mapping[str, Any]) -> None:
    """Raise IngestError unless a claim follows its article and its spans are in the text."""
    if row.values["article_id"] != article.get("id"):
        raise invalid(row, "article_id", "is not that of the article before it")
    for name in SPAN_COLUMNS:
        _require_spans(row, name, row.values.get(name), len(article["text"]))


def invalid(row: ArchiveRow, column: str, problem: str) -> IngestError:
    """Return the error for an invalid value in a column; `problem` continues "the column …"."""
    return IngestError(
        "cannot import the archive",
        subject=row.place,
        cause=f"the {column} of this {row.name.replace('_', ' ')} {problem}",
        remedy="Export it again. Nothing was imported.",
    )


def _convert_value(row: ArchiveRow, column: sa.Column[Any], value: Any) -> Any:
    """Convert a value for a column. Raises IngestError if it is invalid there."""
    if value is None:
        if not column.nullable:
            raise invalid(row, column.name, "is missing")
        return None
    if isinstance(column.type, Instant | sa.Date):
        try:
            return _parse_date(column, value)
        except (TypeError, ValueError, OverflowError) as error:
            raise invalid(row, column.name, "is no date as it was exported") from error
    is_json_column = isinstance(column.type, sa.JSON)
    if not (_is_valid_json(column.name, value) if is_json_column else _is_plain(column, value)):
        raise invalid(row, column.name, WRONG_TYPE)
    allowed = ALLOWED_VALUES.get((row.name, column.name))
    if allowed and value not in allowed:
        raise invalid(row, column.name, "is no word that stands there")
    return value


def _parse_date(column: sa.Column[Any], value: str) -> date:
    """Parse a date or an aware datetime, as the column's type requires. Raises ValueError."""
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError("it has no time zone")
    return instant.astimezone(UTC)


def _is_plain(column: sa.Column[Any], value: Any) -> bool:
    """Tell whether a value is valid in a column that is not JSON, in either database."""
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
    limit = MAX_INTEGER if isinstance(column.type, sa.BigInteger) else 2**31
    return bool(0 <= value < limit)


def _is_storable(text: str) -> bool:
    """Tell whether a text can be stored in either database."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _is_date(text: str) -> bool:
    """Tell whether a text is a date or datetime in ISO 8601."""
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _is_valid_json(name: str, value: Any) -> bool:
    """Tell whether a value has the type of a JSON column."""
    if name == "ref":
        return type(value) is int or (isinstance(value, str) and _is_storable(value))
    if name in ("document", "claim", "changes", "before", "as_found"):
        return isinstance(value, dict)
    if not isinstance(value, list):
        return False
    if name == "review":
        return all(item in get_args(ReviewKind) for item in value)
    is_list_of_texts = name in ("via", "brought_by")
    return not is_list_of_texts or all(
        isinstance(item, str) and _is_storable(item) for item in value
    )


def _require_object(row: ArchiveRow, value: Any) -> dict[str, Any]:
    """Return a JSON object. Raises IngestError if it is something else."""
    if not isinstance(value, dict):
        raise invalid(row, "claims", WRONG_TYPES)
    return value


def _require_fields(
    row: ArchiveRow,
    name: str,
    stored: Mapping[str, Any],
    columns: Mapping[str, sa.Column[Any]],
    required: tuple[str, ...],
) -> None:
    """Raise IngestError unless a JSON object has valid values for `columns`, and all `required`."""
    for key in required:
        if key not in stored:
            raise invalid(row, f"{key} in the {name}", "is missing")
    for key in stored:
        if key not in columns:
            raise invalid(row, f"{key} in the {name}", "is not known")
    as_row = ArchiveRow("claim" if name == "claims" else row.name, stored, row.place)
    for key, value in stored.items():
        _convert_value(as_row, columns[key], value)


def _require_claim(row: ArchiveRow, stored: Mapping[str, Any], length: int) -> None:
    """Raise IngestError unless a JSON object is a claim in a text of this length."""
    fields = {key: value for key, value in stored.items() if key != "near"}
    _require_fields(row, "claims", fields, _CLAIM_COLUMNS, ("id", "kind", "text"))
    for name in SPAN_COLUMNS:
        _require_spans(row, "claims", fields.get(name), length)
    if "near" in stored:
        near = _require_object(row, stored["near"])
        _require_fields(row, "claims", near, _NEAR_COLUMNS, ("speaker", "text"))


def _require_changes(row: ArchiveRow, name: str, stored: Mapping[str, Any]) -> None:
    """Raise IngestError unless a JSON object holds the changes of a correction."""
    try:
        texts = [str(value) for value in from_json(stored).values()]
    except ValueError as error:
        raise invalid(row, name, WRONG_TYPES) from error
    if not all(map(_is_storable, texts)):
        raise invalid(row, name, WRONG_TYPES)


def _require_spans(row: ArchiveRow, name: str, spans: list[Any] | None, length: int) -> None:
    """Raise IngestError unless spans are in order, within a text of this length."""
    last_end = 0
    for span in spans or ():
        is_pair = isinstance(span, list) and [type(value) for value in span] == [int, int]
        if not (is_pair and last_end <= span[0] <= span[1] <= length):
            raise invalid(row, name, "are no places in the article's text")
        last_end = span[1]
