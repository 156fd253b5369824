"""The feeds that feeds.yml lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.config import ListedFeed
from bot.errors import SettingsError


def listed(tmp_path: Path, text: str) -> tuple[ListedFeed, ...]:
    (tmp_path / "config").mkdir(exist_ok=True)
    (tmp_path / "config" / "feeds.yml").write_text(text)
    config.load({"CLAIMDESK_DATA": str(tmp_path)})  # a mistake in it is told at once
    return config.load_listed_feeds(tmp_path)


def test_no_feed_is_shipped_and_the_example_is_valid(tmp_path: Path) -> None:
    assert config.load_listed_feeds(tmp_path) == ()
    shipped = (config.shipped_folder("config") / "feeds.yml").read_text()
    example = shipped[shipped.index("#   feeds:") : shipped.index("\n\nfeeds:")]
    [feed] = listed(tmp_path, example.replace("#   ", ""))
    assert feed == ListedFeed(
        "https://tidewaterpost.example/feed.xml", "The Tidewater Post", "en", False, "U0123456789"
    )


def test_only_the_address_is_needed(tmp_path: Path) -> None:
    text = "feeds:\n  - url: https://a.example/f\n  - {url: http://b.example, full_text: true}\n"
    assert listed(tmp_path, text) == (
        ListedFeed("https://a.example/f"),
        ListedFeed("http://b.example", full_text=True),
    )
    assert listed(tmp_path, "") == listed(tmp_path, "feeds:\n") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("feeds: {url: https://a.example}", "must have feeds: and nothing else"),
        ("feedz: []", "must have feeds: and nothing else"),
        ("feeds: [https://a.example]", "needs url: with a web address"),
        ("feeds: [{outlet: A}]", "needs url: with a web address"),
        ("feeds: [{url: ftp://a.example}]", "needs url: with a web address"),
        ("feeds: [{url: 'https://['}]", "needs url: with a web address"),
        (
            "feeds: [{url: https://a.example, full_text: maybe}]",
            "feed 1 has a full_text that is not true or false",
        ),
        ("feeds: [{url: https://a.example, ownr: U1}]", "feed 1 has an unknown key ownr"),
        (
            "feeds: [{url: https://a.example, owner: 7}]",
            "feed 1 has a value of owner that is not text",
        ),
        ("feeds: [{url: https://a.example}, {url: https://a.example}]", "feed 2 is there twice"),
    ],
)
def test_invalid_entries_are_reported(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=r"feeds\.yml") as caught:
        listed(tmp_path, text)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "feeds: [{url: 'https://a.example/?key=s1'}, {url: 'https://a.example/?key=s1'}]",
            "twice",
        ),
        (
            "feeds: [{url: https://a.example/?key=s1, [}]",
            "line 1: cannot be read as YAML: .*at col",
        ),
        ("feeds: [{url: 'ftp://u:s1@a.example'}]", "feed 1 needs url"),
        ("feeds: ['https://u:s1@a.example']", "feed 1 needs url"),
        ("feeds: [{url: 'https://u:s1@a.example', 'https://u:s1@b.example': 1}]", "unknown key;"),
        ("feeds: [{url: 'https://u:s1@a.example', owner: [s1]}]", "owner that is not text"),
        ("feeds: [{url: 'https://u:s1@a.example'}, {url: 'https://u:s1@a.example'}]", "twice"),
    ],
)
def test_tokens_in_addresses_are_not_shown(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        listed(tmp_path, text)
    assert "s1" not in str(caught.value)
