from __future__ import annotations

import pickle

import pytest

from bot.articles.sites import Sites, site_of

BBC = Sites([("bbc.co.uk", "bbc.com"), ("post.example",)])


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://WWW.Post.Example./a?b#c", "post.example"),
        ("https://feeds.bbci.co.uk/a", "bbci.co.uk"),
        ("https://a.github.io/b", "a.github.io"),
        ("https://x:y@post.example:8443/", "post.example"),
        ("https://müller.de/a", "xn--mller-kva.de"),
        ("https://ada.substack.com/feed", "ada.substack.com/feed"),
        ("http://localhost:81/a", "localhost:81"),
        ("http://[::1]:81/a", "[::1]:81"),
        *((none, "") for none in ("", "a.txt", "http://[", f"https://{'a' * 70}.example/", "x:/")),
    ],
)
def test_addresses_are_mapped_to_sites(address: str, site: str) -> None:
    assert site_of(address) == site


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("https://www.bbc.co.uk/a", "https://feeds.bbc.com/b", True),
        ("https://www.bbc.co.uk/a", "https://news.bbc.co.uk/b", True),
        ("https://www.bbc.co.uk/a", "https://bbc.com.rogue.example/b", False),
        ("https://www.bbc.co.uk/a", "https://post.example/b", False),
        ("https://www.post.example/a", "https://blogs.post.example/b", True),
        ("https://co.uk/a", "https://bbc.co.uk/b", False),
        (None, "https://bbc.com/", False),
        ("", "", False),
    ],
)
def test_the_domains_of_an_outlet_are_one_site(
    one: str | None, other: str | None, are_one: bool
) -> None:
    sites = pickle.loads(pickle.dumps(BBC))  # to reach the process apart
    assert sites.are_same_site(one, other) == sites.are_same_site(other, one) == are_one
