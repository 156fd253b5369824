from __future__ import annotations

import gzip
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot import __version__
from bot.config import FetchSettings
from bot.errors import FetchError
from bot.ingest.fetch.addresses import Address
from bot.ingest.fetch.fetcher import Fetcher, FetchResult
from tests.ingest.fetch.sites import Answer, Site, answer, leads_to, serving

PAGE = b"<!doctype html><title>Quay</title><p>The quay opens on Monday.</p>"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: Site) -> Site:
    server.answers, server.requests = {"/": answer(PAGE)}, []
    return server


def door(site: Site, **settings: object) -> Fetcher:
    own = {"seconds": 10, "max_megabytes": 1, "allowed": (f"127.0.0.1:{site.port}",)}
    return Fetcher(FetchSettings(**own | settings))


def fetch(site: Site, path: str = "/", **settings: object) -> FetchResult:
    return door(site, **settings).fetch(site.url(path))


def failure(site: Site, given: Answer, **settings: object) -> FetchError:
    site.answers["/x"] = given
    with pytest.raises(FetchError) as caught:
        fetch(site, "/x", **settings)
    return caught.value


def sent(site: Site, name: str) -> str | None:
    """The value of a header of the last request."""
    lines = site.requests[-1].split("\r\n")
    return next((ln.split(": ", 1)[1] for ln in lines if ln.startswith(f"{name}: ")), None)


def test_a_fetched_page_has_its_metadata(site: Site) -> None:
    site.answers["/a?b=c"] = answer(
        PAGE,
        ETag='"7f"',
        Last_Modified="Tue, 24 Nov 2026 08:00:00 GMT",
        Content_Type="application/pdf",
    )
    assert fetch(site, "/a?b=c#d") == FetchResult(
        url=site.url("/a?b=c"),
        status=200,
        body=PAGE,
        media_type="text/html",
        etag='"7f"',
        last_modified="Tue, 24 Nov 2026 08:00:00 GMT",
    )


def test_a_request_has_only_the_expected_headers(site: Site) -> None:
    fetch(site)
    assert sent(site, "User-Agent") == f"Claimdesk/{__version__}"
    fetch(site, contact="desk@example.org")
    assert site.requests[-1].split("\r\n") == [
        "GET / HTTP/1.1",
        f"Host: 127.0.0.1:{site.port}",
        f"User-Agent: Claimdesk/{__version__} (+desk@example.org)",
        "Accept: */*",
        "Accept-Encoding: gzip",
        "Connection: close",
        "",
        "",
    ]


def test_redirects_carry_no_cookie_or_referrer(site: Site) -> None:
    site.answers["/x"] = b"HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nLocation: /\r\n\r\n"
    fetch(site, "/x")
    assert (sent(site, "Cookie"), sent(site, "Referer"), sent(site, "Authorization")) == (None,) * 3


def test_an_unchanged_page_is_a_304(site: Site) -> None:
    site.answers["/"] = b'HTTP/1.1 304 Not Modified\r\nETag: "8"\r\n\r\n'
    date = "Tue, 24 Nov 2026 08:00:00 GMT"
    fetched = door(site).fetch(site.url(), etag='"7"', last_modified=date)
    assert (fetched.status, fetched.body, fetched.etag) == (304, b"", '"8"')
    assert (sent(site, "If-None-Match"), sent(site, "If-Modified-Since")) == ('"7"', date)
    assert failure(site, site.answers["/"]).kind == "server"  # nobody asked whether it changed


def test_unsendable_validators_are_not_sent(site: Site) -> None:
    assert door(site).fetch(site.url(), etag='"a"\r\nX: y', last_modified="ä" * 9).body == PAGE
    assert (sent(site, "If-None-Match"), sent(site, "X")) == (None, None)
    site.answers["/"] = answer(PAGE, ETag="x" * 999)
    assert fetch(site).etag is None


@pytest.mark.parametrize(
    ("statuses", "remembered"),
    [
        ((301,), "/1"),
        ((308, 301), "/2"),
        ((302,), None),
        ((303,), None),
        ((307,), None),
        ((301, 302), "/1"),
        ((302, 301), None),
        ((301, 302, 301), "/1"),
        ((301, 301, 301, 301, 301), "/5"),
    ],
)
def test_only_permanent_redirects_are_remembered(
    site: Site, statuses: tuple[int, ...], remembered: str | None
) -> None:
    for number, status in enumerate(statuses):
        site.answers[f"/{number}"] = leads_to(f"/{number + 1}", status)
    site.answers[f"/{len(statuses)}"] = answer(PAGE)
    fetched = fetch(site, "/0")
    assert fetched.url == site.url(f"/{len(statuses)}")
    assert fetched.moved_to == (remembered and site.url(remembered))


def test_redirects_are_limited(site: Site) -> None:
    assert failure(site, leads_to("/x")).kind == "redirects"
    assert len(site.requests) == 6
    assert failure(site, b"HTTP/1.1 302 Found\r\n\r\n").kind == "redirects"


def test_on_redirect_may_refuse(site: Site) -> None:
    def follow(address: Address) -> None:
        if address.target == "/there":
            raise PermissionError

    site.answers |= {"/x": leads_to("/here"), "/here": leads_to("/there")}
    with pytest.raises(PermissionError):
        door(site).fetch(site.url("/x"), on_redirect=follow)
    assert [request.split()[1] for request in site.requests] == ["/x", "/here"]


def test_a_redirect_may_be_in_latin_1(site: Site) -> None:
    redirect = leads_to("/caf@/").replace(b"@", b"\xe9")
    site.answers |= {"/": redirect, "/caf%E9/": answer(PAGE)}
    assert fetch(site).url == site.url("/caf%E9/")
    site.answers["/"] = leads_to("http://caf@.example/").replace(b"@", b"\xe9")
    with pytest.raises(FetchError, match="its host is not a valid name"):
        fetch(site)


def test_a_redirect_may_be_written_carelessly(site: Site) -> None:
    site.answers["/x"] = leads_to("/caf\u00e9 bar?q=\u00e9")
    site.answers["/caf%C3%A9%20bar?q=%C3%A9"] = answer(PAGE)
    assert fetch(site, "/x").body == PAGE


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (204, "server"),
        (206, "server"),
        (300, "server"),
        (400, "server"),
        (401, "forbidden"),
        (402, "forbidden"),
        (403, "forbidden"),
        (404, "missing"),
        (410, "gone"),
        (429, "limited"),
        (451, "forbidden"),
        (500, "server"),
        (503, "server"),
    ],
)
def test_each_status_has_its_kind(site: Site, status: int, kind: str) -> None:
    error = failure(site, b"HTTP/1.1 %d Status\r\nContent-Length: 0\r\n\r\n" % status)
    assert (error.kind, error.status) == (kind, status)
    assert site.url("/x") in str(error)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("999999999", timedelta(days=7)),
        ("Tue, 24 Nov 2015 08:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("-5", None),
        ("9" * 99, None),
        ("Tue, 99 Nov 9999 08:00:00 GMT", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_reported(
    site: Site, value: str, wait: timedelta | None, status: int
) -> None:
    assert failure(site, answer(status=status, Retry_After=value)).retry_after == wait


def test_retry_after_may_be_a_date(site: Site) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    wait = failure(site, answer(status=429, Retry_After=date)).retry_after
    assert wait is not None
    assert timedelta(hours=1) < wait <= timedelta(hours=2)


# What is too large, too slow or damaged.


def endless(head: bytes, more: bytes) -> Callable[[socket.socket], None]:
    def write(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(more)

    return write


def dripping(head: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    def write(connection: socket.socket) -> None:
        connection.sendall(head)
        connection.settimeout(0.1)
        while True:
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                connection.sendall(drop)

    return write


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n\r\n"
BLOCK = b"x" * 65536
BOMB = gzip.compress(bytes(50 * MEGABYTE))


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(OK + b"Content-Length: 2147483648\r\n\r\n", id="content-length"),
        pytest.param(answer(bytes(MEGABYTE + 1)), id="one-byte-more"),
        pytest.param(endless(OK + b"\r\n", BLOCK), id="endless"),
        pytest.param(endless(CHUNKED, b"10000\r\n" + BLOCK + b"\r\n"), id="endless-chunks"),
        pytest.param(GZIP + BOMB, id="gzip-bomb"),
        pytest.param(GZIP + gzip.compress(bytes(MEGABYTE + 1)), id="gzip-one-byte-more"),
        pytest.param(endless(GZIP, gzip.compress(b"")), id="endless-gzip-of-nothing"),
    ],
)
def test_reading_stops_at_the_size_limit(site: Site, given: Answer) -> None:
    error = failure(site, given)
    assert error.kind == "large"
    assert "larger than 1 MB" in str(error)


def test_an_endless_stream_of_tiny_chunks_is_refused(site: Site) -> None:
    error = failure(site, endless(CHUNKED, b"1\r\nx\r\n" * 10_000))
    assert "pieces that are too small" in str(error)


def test_endless_1xx_responses_are_refused(site: Site) -> None:
    announced = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    error = failure(site, endless(b"", announced * 100), seconds=60)
    assert error.kind == "connection"
    site.answers["/"] = announced * 10 + answer(PAGE)
    assert fetch(site).body == PAGE


def test_a_bomb_takes_no_more_memory_than_a_page(site: Site) -> None:
    tracemalloc.start()
    assert failure(site, GZIP + BOMB).kind == "large"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * MEGABYTE


def test_as_much_as_is_allowed_is_read(site: Site) -> None:
    body = b"word " * (MEGABYTE // 5)
    site.answers["/"] = answer(body)
    assert fetch(site).body == body
    site.answers["/"] = GZIP + gzip.compress(body)
    assert fetch(site).body == body


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(dripping(b"", b"x"), id="status"),
        pytest.param(dripping(OK + b"X: ", b"x"), id="header"),
        pytest.param(dripping(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), id="early-hints"),
        pytest.param(dripping(OK + b"\r\n", b"x"), id="body"),
        pytest.param(dripping(CHUNKED + b"5;", b"x"), id="chunk"),
        pytest.param(dripping(OK + b"Content-Length: 9\r\n\r\n", b""), id="silence"),
    ],
)
def test_a_dripping_site_times_out(site: Site, given: Answer) -> None:
    error = failure(site, given, seconds=1)
    assert error.kind == "slow"
    assert "longer than 1 seconds" in str(error)


def test_an_endless_lookup_times_out() -> None:
    given_up = threading.Event()
    slow = Fetcher(FetchSettings(seconds=1), resolve=lambda *_, **__: given_up.wait(60) and [])
    with pytest.raises(FetchError) as caught:
        slow.fetch("http://example.org/")
    given_up.set()
    assert caught.value.kind == "slow"


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"SSH-2.0-OpenSSH\r\n", id="no-http"),
        pytest.param(OK + b"Content-Length: 99\r\n\r\nhalf", id="cut-off"),
        pytest.param(CHUNKED + b"5\r\nhalf", id="cut-off-in-a-chunk"),
        pytest.param(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", id="two-lengths"),
        pytest.param(OK + b"X: " + bytes(200_000), id="zeros-in-a-header"),
        pytest.param(OK + b"X: " + BLOCK * 3 + b"\r\n\r\n", id="long-header"),
        pytest.param(OK + b"X: y\r\n" * 50_000 + b"\r\n", id="many-headers"),
        pytest.param(answer(b"no gzip", Content_Encoding="gzip"), id="no-gzip"),
        pytest.param(GZIP + gzip.compress(PAGE)[:-9], id="gzip-cut-off"),
        pytest.param(GZIP + gzip.compress(PAGE)[:-1] + b"?", id="gzip-damaged"),
    ],
)
def test_truncated_or_damaged_bodies_are_refused(site: Site, given: Answer) -> None:
    assert failure(site, given).kind == "connection"


def test_gzip_may_come_in_several_members(site: Site) -> None:
    site.answers["/"] = GZIP + gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])
    assert fetch(site).body == PAGE


@pytest.mark.parametrize("packing", ["br", "zstd", "deflate", "gzip, gzip"])
def test_unrequested_content_encodings_are_refused(site: Site, packing: str) -> None:
    assert failure(site, answer(zlib.compress(PAGE), Content_Encoding=packing)).kind == "type"


def test_a_page_with_only_a_header_charset_becomes_utf_8(site: Site) -> None:
    page = "<p>„Straße“</p>"
    site.answers["/"] = answer(page.encode("cp1252"), Content_Type="text/html; charset=cp1252")
    assert fetch(site).body.decode("utf-8-sig") == page


def test_errors_name_the_address_without_its_query(site: Site) -> None:
    error = failure(site, leads_to("/there?token=sesame"))
    assert site.url("/there") in str(error)
    assert "sesame" not in str(error)


@pytest.mark.parametrize(
    ("to", "cause"),
    [
        ("http://169.254.169.254/latest?a=b", "its host is not on the public internet"),
        ("ftp://there.example/", "only http and https addresses work"),
    ],
)
def test_redirect_errors_name_both_addresses(site: Site, to: str, cause: str) -> None:
    error = failure(site, leads_to(to))
    assert error.subject == site.url("/x")
    assert error.cause == f"it redirects to {to.partition('?')[0]}: {cause}"
    assert error.remedy
    site.answers["/there"] = answer(b"", 429, Retry_After="60")
    later = failure(site, leads_to("/there"))
    assert (later.kind, later.status, later.subject) == ("limited", 429, site.url("/x"))
    assert later.retry_after == timedelta(seconds=60)


def test_a_fetcher_serves_many_threads(site: Site) -> None:
    one = door(site)
    with ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(lambda _: one.fetch(site.url()).body, range(32)))
    assert bodies == [PAGE] * 32


def test_an_invalid_allowed_host_is_an_error() -> None:
    with pytest.raises(FetchError, match=r"0x7f\.1"):
        Fetcher(FetchSettings(allowed=("0x7f.1:80",)))
