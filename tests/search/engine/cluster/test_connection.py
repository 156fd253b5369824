from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SearchIndexError, SettingsError
from bot.search import parse
from bot.search.engine.cluster import connection
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.index import ClusterIndex
from bot.search.patience import current_patience, within_answer
from tests.search.conftest import TODAY, MakeEntry
from tests.search.engine.cluster.fake_node import FakeNode, start_node

BLOCKED = {"error": {"type": "cluster_block_exception", "reason": "x"}, "status": 429}


def test_a_search_says_that_a_silent_cluster_does_not_answer(
    silent_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.3)
    searched = ClusterIndex.open(Connection([silent_address]), name="x", spelling=(), names=())
    with pytest.raises(SearchIndexError, match="the search servers do not answer in time"):
        searched.find(parse("yuan", TODAY), 3)
    searched.close()


def test_a_search_says_that_no_node_can_be_reached(closed_address: str) -> None:
    searched = ClusterIndex.open(Connection([closed_address] * 2), name="x", spelling=(), names=())
    with (
        closing(searched),
        pytest.raises(SearchIndexError, match="no search server can be reached") as caught,
    ):
        searched.find(parse("yuan", TODAY), 3)
    assert "what is filed meanwhile follows" in str(caught.value)


def test_watches_are_matched_without_the_cluster(
    closed_address: str, make_entry: MakeEntry
) -> None:
    index = ClusterIndex.open(Connection([closed_address]), name="x", spelling=(), names=())
    percolator = index.percolator()
    percolator.add("watch", parse("the yuan type:direct", TODAY))
    entries = [make_entry(f"They pay the bill{money}", type="direct") for money in (" in yuan", "")]
    matches = {entries[0].claim_id: ("the", "yuan", "type:direct")}
    assert percolator.find_matches(entries) == {"watch": matches}


def test_a_closed_connection_opens_again(node: FakeNode) -> None:
    connected = Connection([node.address])
    for _ in range(2):
        assert connected.request("GET", "/x") == {}
        connected.close()


class TestTime:
    """How long an answer waits."""

    async def test_all_requests_of_an_answer_share_it(
        self, node: FakeNode, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection, "ANSWER_SECONDS", 1.0)
        monkeypatch.setattr(connection, "SECOND_ANSWER_SECONDS", 0.6)
        node.seconds = 0.1
        connected = Connection([node.address])
        with within_answer():
            with pytest.raises(SearchIndexError, match="in time"):
                await ask_again_and_again(connected)
            with pytest.raises(SearchIndexError, match="in time"):
                connected.request("GET", "/later", is_read=True)
        assert "/later" not in node.paths
        connected.close()

    @pytest.mark.usefixtures("long_requests")
    def test_each_answer_has_its_own(self, node: FakeNode) -> None:
        connected = Connection([node.address])
        for waited in (1.0, connection.ANSWER_SECONDS):
            with within_answer():
                patience = current_patience()
                assert patience
                patience.seconds = waited
                if waited < connection.ANSWER_SECONDS:
                    assert connected.request("GET", "/x", is_read=True) == {}
                else:
                    with pytest.raises(SearchIndexError, match="in time"):
                        connected.request("GET", "/x", is_read=True)
        assert node.paths == ["/x"]
        connected.close()

    def test_an_answer_after_a_failure_waits_less_until_the_cluster_answers(
        self, node: FakeNode, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.5)
        monkeypatch.setattr(connection, "SECOND_ANSWER_SECONDS", 0.0)
        connected = Connection([node.address])
        node.goes_on.clear()
        with within_answer(), pytest.raises(SearchIndexError, match="in time"):
            connected.request("GET", "/x", is_read=True)
        node.goes_on.set()
        monkeypatch.setattr(connection, "ANSWER_SECONDS", 60.0)
        with within_answer(), pytest.raises(SearchIndexError, match="in time"):
            connected.request("GET", "/x", is_read=True)
        connected.request("GET", "/x")
        with within_answer():
            assert connected.request("GET", "/x", is_read=True) == {}
        connected.close()

    def test_what_is_no_answer_waits_longer(
        self, node: FakeNode, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.0)
        connected = Connection([node.address])
        assert connected.request("POST", "/x") == {}
        connected.close()


async def ask_again_and_again(connected: Connection) -> None:
    async with asyncio.timeout(60):
        while True:
            connected.request("GET", "/x", is_read=True)
            await asyncio.sleep(0)


class TestErrors:
    @pytest.mark.usefixtures("long_requests")
    def test_a_busy_cluster_is_asked_again(self, node: FakeNode) -> None:
        node.statuses = [503, 429]
        connected = Connection([node.address])
        with within_answer():
            assert connected.request("GET", "/x", is_read=True) == {}
        assert node.paths == ["/x"] * 3
        connected.close()

    @pytest.mark.usefixtures("long_pauses")
    def test_missing_shards_are_told_in_time(self, node: FakeNode) -> None:
        node.statuses = [503] * 20
        connected = Connection([node.address])
        with within_answer(), pytest.raises(SearchIndexError, match="refuse: 503"):
            connected.request("GET", "/x", is_read=True)
        assert node.paths == ["/x"] * 2
        connected.close()

    def test_a_read_only_index_is_not_asked_again(self, node: FakeNode) -> None:
        node.statuses, node.answer = [429], lambda path: BLOCKED
        connected = Connection([node.address])
        with pytest.raises(SearchIndexError, match="perhaps because a disk is full"):
            connected.request("PUT", "/x")
        assert node.paths == ["/x"]
        connected.close()

    def test_an_answer_that_is_no_json_is_an_error(self, node: FakeNode) -> None:
        node.answer = lambda path: b"<html>"
        connected = Connection([node.address])
        with pytest.raises(SearchIndexError, match="cannot be read"):
            connected.request("GET", "/x")
        connected.close()

    def test_the_password_is_sent_and_never_told(self, node: FakeNode, closed_address: str) -> None:
        connected = Connection([node.address], user="claimdesk", password="hush-hush")
        connected.request("GET", "/x")
        assert node.asked[0].account == "Basic Y2xhaW1kZXNrOmh1c2gtaHVzaA=="
        connected.close()
        refused = Connection([closed_address], user="claimdesk", password="hush-hush")
        with closing(refused), pytest.raises(SearchIndexError) as caught:
            refused.request("GET", "/x")
        assert "hush" not in str(caught.value)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key, signed by itself."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("skipped: openssl is not installed")
    pem = tmp_path_factory.mktemp("tls") / "node.pem"
    subject = ["-subj", "/CN=node", "-addext", "subjectAltName=IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(
        [openssl, "req", "-x509", *key, "-days", "2", *subject, "-keyout", pem, "-out", f"{pem}.c"],
        check=True,
        capture_output=True,
    )
    pem.write_text(pem.read_text() + Path(f"{pem}.c").read_text())
    return pem


class TestCertificates:
    @pytest.fixture
    def node(self, certificate: Path) -> Iterator[FakeNode]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        with start_node(context) as started:
            yield started

    def test_our_own_authority_is_accepted(self, node: FakeNode, certificate: Path) -> None:
        connected = Connection([node.address], ca_file=f"{certificate}.c")
        assert connected.request("GET", "/x") == {}
        connected.close()

    def test_an_unknown_certificate_is_not_accepted(self, node: FakeNode) -> None:
        connected = Connection([node.address], user="claimdesk", password="hush")
        with pytest.raises(SearchIndexError, match="certificate of a search server is not"):
            connected.request("GET", "/x")
        assert node.asked == []
        connected.close()

    def test_a_missing_file_is_named_with_its_setting(self, node: FakeNode) -> None:
        connected = Connection([node.address], ca_file="/no/such.pem")
        with pytest.raises(SettingsError, match=r"search.ca_file in bot.yml: .*/no/such.pem"):
            connected.request("GET", "/x")
