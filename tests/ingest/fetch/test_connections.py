"""Which hosts are connected to. Every connection that is made leads to a site on loopback, and is
counted: where it is refused, nothing may have been connected to at all."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.config import FetchSettings, Proxies, Proxy
from bot.errors import FetchError
from bot.ingest.fetch.fetcher import Fetcher
from tests.ingest.fetch.sites import Site, answer, leads_to, serving

PAGE = b"<!doctype html><p>The quay opens on Monday.</p>"
PUBLIC = "93.184.216.34"

NAMES: dict[str, list[str]] = {
    "news.example": [PUBLIC],
    "cms.example": ["10.0.0.7"],
    "localhost": ["127.0.0.1"],
    "localhost.localdomain": ["::1"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "intranet": ["192.168.1.10"],
    "metadata.google.internal": ["169.254.169.254"],
    "instance-data.ec2.internal": ["fd00:ec2::254"],
    "azure.example": ["168.63.129.16"],
    "mixed.example": [PUBLIC, "10.0.0.1"],
    "mixed6.example": ["2606:4700::1111", "::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "zone.example": ["fe80::1%lo"],
    "nowhere.example": [],
}

HOSTILE = {
    "loopback": "http://127.0.0.1/",
    "loopback, high": "http://127.255.255.254/",
    "loopback, decimal": "http://2130706433/",
    "loopback, hex": "http://0x7f000001/",
    "loopback, hex in capitals": "http://0X7F.0X0.0X0.0X1/",
    "loopback, hex in part": "http://127.0.0.0x1/",
    "loopback, octal": "http://0177.0.0.1/",
    "loopback, octal whole": "http://017700000001/",
    "loopback, zeros before": "http://127.000.000.001/",
    "loopback, short": "http://127.1/",
    "loopback, three parts": "http://127.0.1/",
    "loopback, too large": "http://4294967297/",
    "loopback, trailing dot": "http://127.0.0.1./",
    "loopback, two trailing dots": "http://127.0.0.1../",
    "loopback, fullwidth": "http://１２７。０。０。１/",
    "loopback, circled": "http://①②⑦.⓪.⓪.①/",
    "loopback, percent": "http://%31%32%37.0.0.1/",
    "loopback, by https": "https://127.0.0.1/",
    "zero": "http://0/",
    "zero, whole": "http://0.0.0.0/",
    "this net": "http://0.1.2.3/",
    "private 10": "http://10.0.0.1/",
    "private 172": "http://172.31.255.255/",
    "private 192": "http://192.168.0.1/",
    "shared (CGNAT)": "http://100.64.0.1/",
    "link-local": "http://169.254.1.1/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "metadata, decimal": "http://2852039166/",
    "metadata, mapped": "http://[::ffff:169.254.169.254]/",
    "metadata of AWS by IPv6": "http://[fd00:ec2::254]/",
    "metadata of Alibaba": "http://100.100.100.200/",
    "metadata of Oracle": "http://192.0.0.192/",
    "Azure's own services": "http://168.63.129.16/",
    "protocols' own": "http://192.0.0.8/",
    "benchmarks": "http://198.18.0.1/",
    "documentation": "http://192.0.2.1/",
    "relay of 6to4": "http://192.88.99.1/",
    "multicast": "http://224.0.0.1/",
    "multicast, global": "http://239.255.255.250/",
    "reserved": "http://240.0.0.1/",
    "broadcast": "http://255.255.255.255/",
    "IPv6 loopback": "http://[::1]/",
    "IPv6 loopback, long": "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
    "IPv6 unspecified": "http://[::]/",
    "IPv6 mapped": "http://[::ffff:127.0.0.1]/",
    "IPv6 mapped, hex": "http://[::ffff:7f00:1]/",
    "IPv6 compatible": "http://[::127.0.0.1]/",
    "IPv6 of a public IPv4, mapped": "http://[::ffff:93.184.216.34]/",
    "IPv6 NAT64": "http://[64:ff9b::7f00:1]/",
    "IPv6 NAT64, local": "http://[64:ff9b:1::7f00:1]/",
    "IPv6 6to4": "http://[2002:7f00:1::]/",
    "IPv6 Teredo": "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
    "IPv6 unique local": "http://[fc00::1]/",
    "IPv6 link-local": "http://[fe80::1]/",
    "IPv6 site-local": "http://[fec0::1]/",
    "IPv6 multicast": "http://[ff02::1]/",
    "IPv6 zone": "http://[fe80::1%25eth0]/",
    "IPv6 zone on a public one": "http://[2606:4700::1111%25eth0]/",
    "IPv6 documentation": "http://[2001:db8::1]/",
    "IPv6 discard": "http://[100::1]/",
    "IPv6 and more": f"http://[::1]{PUBLIC}/",
    "name of loopback": "http://localhost/",
    "name of loopback, dot": "http://LOCALHOST./",
    "name of IPv6 loopback": "http://localhost.localdomain/",
    "name with an address in it": "http://127.0.0.1.nip.example/",
    "name of one word": "http://intranet/",
    "name of metadata": "http://metadata.google.internal/computeMetadata/v1/",
    "name of metadata by IPv6": "http://instance-data.ec2.internal/",
    "name of Azure's own": "http://azure.example/",
    "name with a private address among public ones": "http://mixed.example/",
    "name with IPv6 loopback among public ones": "http://mixed6.example/",
    "name with a mapped address": "http://mapped.example/",
    "name with NAT64": "http://nat64.example/",
    "name with a zone": "http://zone.example/",
    "name with no address": "http://nowhere.example/",
    "name that is not known": "http://unknown.example/",
    "a private site on a port that is not allowed for it": "http://cms.example:8081/",
    "port of SSH": "http://news.example:22/",
    "port of Redis": "http://news.example:6379/",
    "port of SMTP by https": "https://news.example:25/",
    "port 0": "http://news.example:0/",
    "port too high": "http://news.example:65536/",
    "port of no number": "http://news.example:80a/",
    "user": "http://root@news.example/",
    "user and password": "http://root:toor@news.example/",
    "user that looks like a host": "http://news.example@127.0.0.1/",
    "user behind a backslash": "http://news.example\\@127.0.0.1/",
    "backslashes": "http:\\\\127.0.0.1\\",
    "no host": "http:///etc/passwd",
    "file": "file:///etc/passwd",
    "file with a host": "file://news.example/etc/passwd",
    "gopher": "gopher://127.0.0.1:6379/_FLUSHALL",
    "ftp": "ftp://news.example/",
    "data": "data:text/html,<p>x",
    "javascript": "javascript:alert(1)",
    "ldap": "ldap://127.0.0.1/",
    "scheme of a scheme": "view-source:http://news.example/",
    "no scheme": "news.example/",
    "a second line": "http://news.example/\r\nX: y",
    "a second line in the host": "http://news.example\r\n.evil.example/",
    "a tab in the host": "http://127.0.\t0.1/",
    "a zero byte": "http://127.0.0.1\x00.news.example/",
    "a space in the host": "http://127.0.0.1 .news.example/",
    "percent in the host": "http://news.example%00.evil.example/",
    "slash in the host": "http://127.0.0.1%2f.news.example/",
    "fullwidth slash in the host": "http://127.0.0.1／.news.example/",
    "a host too long": f"http://{'a' * 64}.example/",
    "nothing": "",
}
REDIRECTS = {
    **HOSTILE,
    "without a scheme": "//127.0.0.1/",
    "three slashes": "///127.0.0.1/",
    "into an allowed site": "http://cms.example:8080/",
}
del REDIRECTS["no scheme"], REDIRECTS["a second line"], REDIRECTS["nothing"]  # which lead on there
del REDIRECTS["a second line in the host"], REDIRECTS["a zero byte"]  # which are no header


@dataclass
class Network:
    """The internet: what names it knows, and who was connected to."""

    site: Site
    names: Mapping[str, list[str]] = field(default_factory=lambda: dict(NAMES))
    reached: list[tuple[str, int]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int, type: int = 0) -> list[tuple[Any, ...]]:
        self.looked_up.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(0, type, 0, "", (ip, port)) for ip in self.names[host]]


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    connect = socket.create_connection
    with serving() as site:
        network = Network(site)
        site.answers["/"] = answer(PAGE)

        def recorded(where: tuple[str, int], timeout: float) -> socket.socket:
            network.reached.append(where)
            return connect(("127.0.0.1", network.site.port), timeout)

        monkeypatch.setattr(socket, "create_connection", recorded)
        yield network


def door(network: Network, **settings: Any) -> Fetcher:
    return Fetcher(FetchSettings(**settings), resolve=network.resolve)


def failure(network: Network, url: str, **settings: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        door(network, **settings).fetch(url)
    return caught.value


ALLOWED = ("cms.example:8080",)


def test_the_lists_are_long_enough() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("url", HOSTILE.values(), ids=HOSTILE)
def test_hostile_addresses_are_not_reached(network: Network, url: str) -> None:
    error = failure(network, url, allowed=ALLOWED)
    assert error.kind in ("url", "refused", "dns")
    assert error.cause
    assert network.reached == []


@pytest.mark.parametrize("status", [301, 307])
def test_redirects_to_hostile_addresses_are_not_followed(network: Network, status: int) -> None:
    for number, location in enumerate(REDIRECTS.values()):
        network.site.answers[f"/{number}"] = leads_to(location, status)
    for number, name in enumerate(REDIRECTS):
        error = failure(network, f"http://news.example/{number}", allowed=ALLOWED)
        assert error.kind in ("url", "refused", "dns", "missing"), name
    assert {ip for ip, _ in network.reached} == {PUBLIC}


def test_a_public_host_is_reached(network: Network) -> None:
    fetched = door(network).fetch("http://news.example/")
    assert fetched.body == PAGE
    assert network.reached == [(PUBLIC, 80)]
    assert "Host: news.example\r\n" in network.site.requests[0]
    assert door(network).fetch(f"http://{PUBLIC}/").body == PAGE
    assert door(network).fetch("http://[2606:4700::1111]/").body == PAGE
    assert network.reached[-1] == ("2606:4700::1111", 80)
    assert "Host: [2606:4700::1111]\r\n" in network.site.requests[-1]
    assert network.looked_up == ["news.example"]


def test_dns_rebinding_has_no_effect(network: Network) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    names = {"rebinding.example": []}

    def resolve(host: str, port: int, type: int = 0) -> list[tuple[Any, ...]]:
        names[host] = next(answers)
        return [(0, type, 0, "", (ip, port)) for ip in names[host]]

    network.site.answers["/on"] = leads_to("http://rebinding.example/")
    rebinding = Fetcher(FetchSettings(), resolve=resolve)
    # One lookup a request: the address that was checked is the one that is connected to.
    with pytest.raises(FetchError) as caught:
        rebinding.fetch("http://rebinding.example/on")
    assert caught.value.kind == "refused"
    assert network.reached == [(PUBLIC, 80)]


def test_the_next_ip_is_tried_after_a_failure(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.names = {"news.example": ["93.184.216.33", PUBLIC]}
    recorded = socket.create_connection

    def connect(where: tuple[str, int], timeout: float) -> socket.socket:
        if where[0] != PUBLIC:
            raise ConnectionRefusedError
        return recorded(where, timeout)

    monkeypatch.setattr(socket, "create_connection", connect)
    assert door(network).fetch("http://news.example/").body == PAGE
    network.names = {"news.example": ["93.184.216.33"]}
    assert failure(network, "http://news.example/").kind == "connection"


def test_an_allowed_site_may_be_anywhere(network: Network) -> None:
    own = door(network, allowed=ALLOWED)
    network.site.answers["/on"] = leads_to("/", 301)
    assert own.fetch("http://cms.example:8080/on").body == PAGE
    assert network.reached == [("10.0.0.7", 8080)] * 2
    for url in ("http://cms.example/", "http://cms.example:8081/", "http://10.0.0.7:8080/"):
        assert failure(network, url, allowed=ALLOWED).kind == "refused"
    assert len(network.reached) == 2


def test_a_public_redirect_cannot_lead_to_an_allowed_host(network: Network) -> None:
    network.site.answers["/out"] = leads_to("http://news.example/in")
    network.site.answers["/in"] = leads_to("http://cms.example:8080/")
    assert failure(network, "http://cms.example:8080/out", allowed=ALLOWED).kind == "refused"
    assert network.reached == [("10.0.0.7", 8080), (PUBLIC, 80)]


# Proxies.

PROXY = Proxy("proxy.internal", 3128, "Basic dTpw")


def through(network: Network, url: str, **proxies: Any) -> bytes:
    servers = Proxies(http=PROXY, https=PROXY, **proxies)
    return door(network, proxies=True, servers=servers).fetch(url).body


def test_the_proxy_connects_to_the_checked_ip(network: Network) -> None:
    def tunnel(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        network.site.serve(connection)

    network.site.answers[f"{PUBLIC}:80"] = tunnel
    assert through(network, "http://news.example/") == PAGE
    assert network.reached == [("proxy.internal", 3128)]
    asked, site_asked = network.site.requests
    assert asked.startswith(f"CONNECT {PUBLIC}:80 HTTP/1.1\r\nHost: {PUBLIC}:80\r\n")
    assert "Proxy-Authorization: Basic dTpw\r\n" in asked
    assert "Host: news.example\r\n" in site_asked
    assert "Basic" not in site_asked


def test_refused_addresses_never_reach_the_proxy(network: Network) -> None:
    for url in ("http://intranet/", "http://169.254.169.254/", "http://news.example:22/"):
        with pytest.raises(FetchError, match=r"not on the public|not 80 or 443"):
            through(network, url)
    assert network.reached == []


def test_a_refusing_proxy_is_reported(network: Network) -> None:
    with pytest.raises(FetchError, match="the proxy refused it with status 404"):
        through(network, "https://news.example/")


@pytest.mark.parametrize("excluded_host", ["*", "news.example", "example"])
def test_no_proxy_hosts_are_contacted_directly(network: Network, excluded_host: str) -> None:
    assert through(network, "http://news.example/", excluded_hosts=(excluded_host,)) == PAGE
    assert network.reached == [(PUBLIC, 80)]


# TLS.


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for news.example with its key, signed by itself."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("skipped: openssl is not installed")
    pem = tmp_path_factory.mktemp("tls") / "news.pem"
    subject = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(
        [openssl, "req", "-x509", *key, "-days", "2", *subject, "-keyout", pem, "-out", f"{pem}.c"],
        check=True,
        capture_output=True,
    )
    pem.write_text(pem.read_text() + Path(f"{pem}.c").read_text())
    return pem


@pytest.fixture
def secure(network: Network, certificate: Path) -> Iterator[Network]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as site:
        site.answers["/"] = answer(PAGE)
        network.site = site
        yield network


def test_tls_verifies_the_name_on_a_pinned_ip(
    secure: Network, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert door(secure).fetch("https://news.example/").body == PAGE
    assert secure.reached == [(PUBLIC, 443)]
    assert secure.site.names == ["news.example"]


def test_a_certificate_for_another_name_is_refused(
    secure: Network, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    secure.names = {"other.example": [PUBLIC]}
    for url in ("https://other.example/", f"https://{PUBLIC}/"):
        error = failure(secure, url)
        assert error.kind == "tls"
        assert "not valid for" in error.cause
    assert secure.site.requests == []


def test_an_untrusted_certificate_is_refused(secure: Network) -> None:
    error = failure(secure, "https://news.example/")
    assert error.kind == "tls"
    assert "self-signed" in error.cause
    assert secure.site.requests == []


def test_a_site_without_tls_is_reported(network: Network) -> None:
    network.site.serve = lambda connection: connection.sendall(answer(PAGE))  # type: ignore[method-assign]
    assert failure(network, "https://news.example/").kind == "tls"


def test_a_redirect_from_https_to_http_is_refused(
    secure: Network, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    secure.site.answers["/x"] = leads_to("http://news.example/")
    error = failure(secure, "https://news.example/x")
    assert (error.kind, len(secure.reached)) == ("redirects", 1)
    assert "from https to http" in str(error)
