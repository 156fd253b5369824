from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.ingest.fetch.addresses import for_display, is_numeric, is_public, parse, with_hashed_query

LOCAL_NETS = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "168.63.129.16/32",
    "::/128",
    "::1/128",
    "::/96",
    "::ffff:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "fd00:ec2::254/128",
]

local_addresses = st.sampled_from(LOCAL_NETS).flatmap(lambda net: st.ip_addresses(network=net))


def inet_aton_spellings(address: ipaddress.IPv4Address) -> list[str]:
    """The spellings that inet_aton takes beside the plain one."""
    a, b, c, d = address.packed
    number = int(address)
    return [
        str(number),
        hex(number),
        f"0{number:o}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{number & 0xFFFF}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a}.{b}.{c}.{d:#x}",
        f"{a:03}.{b:03}.{c:03}.{d:03}",
    ]


def spellings(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[str]:
    if isinstance(address, ipaddress.IPv6Address):
        return [f"[{address}]", f"[{address.exploded.upper()}]"]
    digits = str.maketrans("0123456789.", "０１２３４５６７８９。")
    plain = str(address)
    return [
        plain,
        f"{plain}.",
        plain.translate(digits),
        *inet_aton_spellings(address),
        f"[::ffff:{plain}]",
        f"[::{plain}]",
        f"[64:ff9b::{plain}]",
    ]


@given(local_addresses, st.data())
def test_every_spelling_of_a_local_address_is_refused(address: Any, data: Any) -> None:
    assert not is_public(str(address))
    spelling = data.draw(st.sampled_from(spellings(address)))
    try:
        found = parse(f"http://{spelling}/")
    except FetchError as error:
        assert error.kind == "url"
    else:
        assert is_numeric(found.host)
        assert not is_public(found.host)


@given(st.ip_addresses(v=4) | st.ip_addresses(network="2600::/12"))
def test_public_addresses_are_accepted(address: Any) -> None:
    assume(not any(address in ipaddress.ip_network(net) for net in LOCAL_NETS))
    assert is_public(str(address))
    host = f"[{address}]" if address.version == 6 else str(address)
    assert parse(f"https://{host}/").host == str(address)


@given(st.ip_addresses(v=4))
def test_ipv4_has_one_spelling(address: ipaddress.IPv4Address) -> None:
    for spelling in inet_aton_spellings(address):
        if spelling != str(address):
            with pytest.raises(FetchError):
                parse(f"http://{spelling}/")


@given(st.text() | st.from_regex(r"(?i)https?://[\x21-\x7e]{1,30}", fullmatch=True))
def test_parsing_a_url_twice_keeps_its_host(text: str) -> None:
    try:
        address = parse(text)
    except FetchError as error:
        assert error.kind == "url"
    else:
        assert address.url.isascii()
        assert parse(address.url) == address
        assert address.port in range(1, 65536)


@pytest.mark.parametrize(
    ("url", "read_as"),
    [
        (" HTTP://Example.ORG ", "http://example.org/"),
        ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org:8080", "http://example.org:8080/"),
        ("http://example.org./a", "http://example.org/a"),
        (
            "http://bücher.example/ä ö?ü=[1]",
            "http://xn--bcher-kva.example/%C3%A4%20%C3%B6?%C3%BC=[1]",
        ),
        ("http://straße.example/", "http://xn--strae-oqa.example/"),
        ("http://example.org/100%25/%zz", "http://example.org/100%25/%zz"),
        ("http://my_host.example/", "http://my_host.example/"),
        ("http://[2606:2800:220:1::1]:8080/", "http://[2606:2800:220:1::1]:8080/"),
        ("http://example.org/a@b:c", "http://example.org/a@b:c"),
    ],
)
def test_addresses_are_normalised(url: str, read_as: str) -> None:
    assert parse(url).url == read_as


def test_a_site_is_its_host_and_port() -> None:
    assert parse("https://example.org/").host_and_port == "example.org:443"
    assert parse("http://[::1]:81/").host_and_port == "[::1]:81"


def test_addresses_with_hashed_queries_stay_distinct() -> None:
    one, other = (with_hashed_query(f"https://u:p@example.org/a?token=sesame{n}#x") for n in "12")
    assert one.startswith("https://…@example.org/a?…")
    assert one != other
    assert with_hashed_query(one) == one
    assert with_hashed_query("https://example.org/a") == "https://example.org/a"


def test_addresses_are_shown_without_what_may_be_secret() -> None:
    assert (
        for_display("https://u:sesame@example.org/a?token=sesame#sesame")
        == "https://…@example.org/a"
    )
    with pytest.raises(FetchError) as caught:
        parse("https://example.org:sesame/a?token=sesame")
    assert "token" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://u:sesame@h/", "ftp://u:sesame@h/", "http://u:s@h:sesame"])
def test_errors_about_addresses_hide_passwords(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse(url)
    assert "u:s" not in str(caught.value)
    assert "https://example.org/article" in str(caught.value)
