from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.fetch.robots import allows

SITE = "https://example.org"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("user-agent: claimdesk\ndisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Claimdesk\nDisallow: /b", "/a", True),
        ("User-agent: Claimdesk\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: x\nUser-agent: Claimdesk\nDisallow: /a", "/a", False),
        ("User-agent: Claimdesk\nDisallow: /a\n\nUser-agent: Claimdesk\nDisallow: /b", "/a", False),
        ("User-agent: x\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?c", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/caf%c3%a9/x", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a # all of it\r\n", "/a", False),
        ("Sitemap: /s\nDisallow: /", "/a", True),
        ("<!doctype html><p>User-agent: *", "/a", True),
    ],
)
def test_robots_are_obeyed(text: str, path: str, allowed: bool) -> None:
    assert allows(text, SITE + path) is allowed


def test_hostile_robots_patterns_are_fast() -> None:
    # A matcher that goes back and forth would be at it for years.
    assert allows("User-agent: *\nDisallow: /" + "*a" * 60 + "b", f"{SITE}/{'a' * 3000}")


@given(st.text() | st.lists(st.sampled_from(["User-agent: *\n", "Disallow:", "/%z*", "$\n"])))
def test_any_robots_txt_is_parsed(given: str | list[str]) -> None:
    assert allows("".join(given), f"{SITE}/a?b") in (True, False)
