"""What is filed while the cluster is away is found when it is back, even after a restart."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from bot import config
from bot.errors import SearchIndexError
from bot.newsroom import Newsroom
from bot.search.engine.cluster import connection
from bot.slack.app import serve
from bot.store.database import Database

TIMEOUT = 240
"""Seconds after which a test fails: OpenSearch may be slow here."""


class Line:
    """A line to a server that can be cut and mended: its address stays the same."""

    def __init__(self, server_address: str) -> None:
        host, _, port = server_address.removeprefix("http://").rpartition(":")
        self._server = host, int(port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.is_cut = False
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.is_cut = True
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(self._server)
                self._ends += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=_copy, args=(source, sink), daemon=True).start()


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while received := source.recv(65_536):
            sink.sendall(received)
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(cluster_address: str) -> Iterator[Line]:
    opened = Line(cluster_address)
    yield opened
    opened.close()


@pytest.fixture
def data(tmp_path: Path, line: Line, cluster_address: str) -> Iterator[Path]:
    """A data folder whose index is on the cluster, over the line."""
    name = f"outage{uuid4().hex[:12]}"
    (tmp_path / "config").mkdir()
    settings = f"search: {{url: '{line.address}', index: {name}, replicas: 0, vectors: false}}\n"
    (tmp_path / "config" / "bot.yml").write_text(settings)
    Database(config.load({"CLAIMDESK_DATA": str(tmp_path)}).database_url).migrate()
    yield tmp_path
    direct = connection.Connection([cluster_address])
    if indexes := direct.request("GET", f"/{name}-*/_alias"):
        direct.request("DELETE", f"/{','.join(indexes)}")
    direct.close()


@contextlib.asynccontextmanager
async def running_worker(data: Path) -> AsyncIterator[Newsroom]:
    """A worker, as `claimdesk worker` runs it; at the end it has stopped."""
    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom:
        working = asyncio.ensure_future(serve(newsroom, with_slack=False, with_worker=True))
        yield newsroom
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


def file_article(data: Path, text: str) -> None:
    """File an article from another process's point of view."""
    article = data / f"{uuid4().hex}.txt"
    article.write_text(text)
    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom:
        assert not any(one.errors for one in newsroom.intake.files.ingest([article]))


async def until_found(newsroom: Newsroom, words: str) -> None:
    while True:
        with contextlib.suppress(SearchIndexError):
            if (await asyncio.to_thread(newsroom.search.find, words)).total:
                return
        await asyncio.sleep(0.1)


async def test_what_is_filed_in_an_outage_is_found_after_it(data: Path, line: Line) -> None:
    async with asyncio.timeout(TIMEOUT):
        async with running_worker(data) as newsroom:
            await asyncio.to_thread(file_article, data, "The lock leaks, Jane Roe said.")
            await until_found(newsroom, "lock leaks")
            line.cut()
            await asyncio.to_thread(file_article, data, "The dam holds, Jane Roe said.")
            with pytest.raises(SearchIndexError, match="no search server can be reached"):
                await asyncio.to_thread(newsroom.search.find, "dam holds")
        async with running_worker(data) as newsroom:
            await asyncio.to_thread(file_article, data, "The bridge is closed, Jane Roe said.")
            line.is_cut = False
            await until_found(newsroom, "bridge closed")
            assert newsroom.search.find("dam holds").total == 1
            assert newsroom.updates.difference().is_empty
