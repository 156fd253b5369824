"""The metadata of an article: every key's values, and what is refused with which reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.metadata import MAX_METADATA_CHARACTERS, Published, parse, parse_iso_date
from bot.ingest.refusal import Refusal


def refused(source: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parse(source)
    return caught.value


@pytest.mark.parametrize("key", ["title", "outlet", "byline"])
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Port shut", "Port shut"),
        ('"Port: shut"', "Port: shut"),
        ("'12'", "12"),
        ('"no"', "no"),
        ("2026-11-03", "2026-11-03"),
        ("|\n  Port\n  shut\n", "Port shut"),
        ('"Port\\tshut\u00a0now "', "Port shut now"),
        ("“Port” – Köln", "“Port” – Köln"),
    ],
)
def test_text(key: str, written: str, value: str) -> None:
    assert parse(f"{key}: {written}") == {key: value}


@pytest.mark.parametrize(
    "key", ["title", "outlet", "byline", "published", "url", "language", "sample"]
)
@pytest.mark.parametrize("nothing", ["", "null", "~", '""', "' '"])
def test_what_is_not_known_is_left_out(key: str, nothing: str) -> None:
    assert parse(f"{key}: {nothing}") == {}


@pytest.mark.parametrize(
    ("written", "on", "at"),
    [
        ("2026-11-03", date(2026, 11, 3), None),
        ('"2026-11-03"', date(2026, 11, 3), None),
        ("2026-11-03T08:30+01:00", date(2026, 11, 3), datetime(2026, 11, 3, 7, 30, tzinfo=UTC)),
        ("2026-11-03 08:30:00Z", date(2026, 11, 3), datetime(2026, 11, 3, 8, 30, tzinfo=UTC)),
        ("2026-11-03T23:30:00-05:00", date(2026, 11, 3), datetime(2026, 11, 4, 4, 30, tzinfo=UTC)),
        ("2026-11-03T08:30", date(2026, 11, 3), None),
        ("2026-11-03 23:59:00", date(2026, 11, 3), None),
        ("'2026-11-03T00:15+02:00'", date(2026, 11, 3), datetime(2026, 11, 2, 22, 15, tzinfo=UTC)),
    ],
)
def test_published(written: str, on: date, at: datetime | None) -> None:
    published = parse(f"published: {written}")["published"]
    assert isinstance(published, Published)
    assert (published.on, published.at) == (on, at)
    # As it was printed, only in one notation: the zone stays the outlet's own.
    printed = datetime.fromisoformat(published.printed)
    assert printed == datetime.fromisoformat(written.strip("\"'"))


@given(
    moment=st.datetimes(
        min_value=datetime(1000, 1, 2),
        max_value=datetime(9000, 1, 1),
        timezones=st.timezones(),
    )
)
def test_any_time_zone_keeps_its_day_and_instant(moment: datetime) -> None:
    published = parse(f"published: {moment.isoformat()}")["published"]
    assert isinstance(published, Published)
    assert published.on == moment.date()
    # Python compares a moment in a fold with one in another zone as never equal.
    assert published.at == moment.astimezone(UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-13-45",
        "3 November 2026",
        "yesterday",
        "2026",
        "true",
        "0001-01-01T00:00+14:00",
    ],
)
def test_a_date_without_meaning_is_refused(written: str) -> None:
    refusal = refused(f"published: {written}")
    assert refusal.cause.startswith(f"its published is '{written}'")
    assert "2026-11-03T08:30+01:00" in refusal.remedy


@given(text=st.text(max_size=40) | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d"))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        published = parse_iso_date(text)
    except ValueError:
        return
    assert published.at is None or published.at.tzinfo is UTC


@pytest.mark.parametrize("written", ["http://a.example", "https://a.example:8080/b%20c?d=é#f"])
def test_url(written: str) -> None:
    assert parse(f"url: {written}") == {"url": written}


@pytest.mark.parametrize(
    "written",
    [
        "ftp://a.example/b",
        "javascript:alert(1)",
        "a.example/b",
        "https:///b",
        "https://",
        "http://[",
        "https://a.example/b c",
        '"https://a.example/b|c"',
        "https://a.example/<b>",
        "https://a.example@b.example/c",
    ],
)
def test_an_invalid_url_is_refused(written: str) -> None:
    assert "not an http or https address" in refused(f"url: {written}").cause


@pytest.mark.parametrize("written", ["en", "pt-BR", "zh-Hant-TW", "no"])
def test_language(written: str) -> None:
    assert parse(f"language: {written}") == {"language": written}


@pytest.mark.parametrize("written", ["English", "e", "12"])
def test_an_invalid_language_code_is_refused(written: str) -> None:
    refusal = refused(f"language: {written}")
    assert f"its language is '{written}'" in refusal.cause
    assert '"en"' in refusal.remedy


@pytest.mark.parametrize(
    ("written", "value"), [("true", True), ("false", False), ("Yes", True), ("no", False)]
)
def test_sample(written: str, value: bool) -> None:
    assert parse(f"sample: {written}") == {"sample": value}


@pytest.mark.parametrize("written", ["1", "maybe"])
def test_a_non_boolean_sample_is_refused(written: str) -> None:
    assert "true or false" in refused(f"sample: {written}").cause


@pytest.mark.parametrize("key", ["title", "outlet", "byline"])
@pytest.mark.parametrize("written", ['"\\a"', '"\\ud800"', '"\\0"', "x" * 2001])
def test_a_value_that_cannot_be_text_is_refused(key: str, written: str) -> None:
    refusal = refused(f"{key}: {written}")
    assert refusal.cause.startswith(f"its {key} is ")
    assert refusal.cause.endswith("which is not text on one line")


def test_an_unknown_key_is_refused_with_the_valid_ones() -> None:
    refusal = refused("title: A\nauthor: B")
    assert "'author'" in refusal.cause
    assert refusal.remedy == (
        "Valid keys are title, outlet, byline, published, url, language, sample"
    )


@pytest.mark.parametrize("second", ["B", "A", "null"])
def test_a_key_that_comes_twice_is_refused(second: str) -> None:
    assert refused(f"title: A\ntitle: {second}").cause == "its metadata has a key twice"


@pytest.mark.parametrize(
    "source",
    [
        "title: [A, B]",
        "outlet: X\ntitle: {A: B}",
        "- title",
        "just text",
        "title: A\n---\ntitle: B",
        "? [a]\n: b",
        "<<: {title: A}",
        "title: &a [*a]",
        "title: " + "[" * 60_000,
        "title: " + "[" * 30_000 + "]" * 30_000,
    ],
)
def test_only_plain_lines_are_read(source: str) -> None:
    assert "its metadata" in refused(source).cause


@pytest.mark.parametrize("tag", ["!!str", "!!python/name:os.system", "!!python/object/apply:exit"])
def test_no_object_is_built(tag: str) -> None:
    assert parse(f"title: {tag} ''") == {}
    assert parse(f"title: {tag} A") == {"title": "A"}


def test_aliases_cannot_blow_up() -> None:
    levels = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    assert "a list" in refused(f"title: &a0 lol\n{levels}byline: *a39").cause


def test_long_metadata_is_refused() -> None:
    rest = " " * (MAX_METADATA_CHARACTERS - len("title: A"))
    assert parse(f"title: A{rest}") == {"title": "A"}
    assert "longer than 65,536 characters" in refused(f"title: A{rest} ").cause


def test_a_long_value_is_shown_by_its_beginning() -> None:
    assert len(refused(f"url: {'x' * 5000}").cause) < 200


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("outlet: X\ntitle: Port: shut", "at line 2"),
        ('title: "Port', "at line 1"),
        ("title: A\n\tbyline: B", "at line 2"),
        ("title: \x07", "its metadata is not YAML"),
        ('title: "\\UFFFFFFFF"', "its metadata is not YAML"),
    ],
)
def test_invalid_yaml_is_refused_with_its_line(source: str, cause: str) -> None:
    refusal = refused(source)
    assert cause in refusal.cause
    assert "colon in quotation marks" in refusal.remedy
