"""A folder and a bucket keep the same contract; a small server in this process is the bucket."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from aiohttp import web

from bot.errors import SearchIndexError
from bot.search.snapshots import storage
from bot.search.snapshots.storage import Storage, open_storage

SECRET = "the-secret-key"


class Bucket:
    """As much of S3's protocol as a client needs to put, get, list and delete small objects."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.is_broken = self.is_silent = False
        self.headers: list[str] = []
        app = web.Application(client_max_size=1 << 26)
        app.router.add_get("/news", self._list)
        app.router.add_post("/news", self._delete)
        app.router.add_route("*", "/news/{key:.+}", self._object)
        self._loop, self._runner = asyncio.new_event_loop(), web.AppRunner(app)
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = self._run(self._start())

    def _run(self, work: object) -> int:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()  # type: ignore[arg-type]

    async def _start(self) -> int:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return int(self._runner.addresses[0][1])

    def close(self) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _stop(self) -> int:
        await self._runner.cleanup()
        return 0

    async def _list(self, request: web.Request) -> web.Response:
        while self.is_silent:
            await asyncio.sleep(0.01)
        prefix = request.query.get("prefix", "")
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(body)}</Size><ETag>x</ETag>"
            "<LastModified>2026-11-28T12:00:00.000Z</LastModified></Contents>"
            for key, body in sorted(self.objects.items())
            if key.startswith(prefix)
        )
        text = f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>"
        return web.Response(text=text, content_type="application/xml")

    async def _delete(self, request: web.Request) -> web.Response:
        if self.is_broken:
            return web.Response(status=403, text=f"<Error><Code>{SECRET}</Code></Error>")
        keys = re.findall("<Key>(.*?)</Key>", await request.text())
        for key in keys:
            self.objects.pop(key, None)
        deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        text = f"<DeleteResult>{deleted}</DeleteResult>"
        return web.Response(text=text, content_type="application/xml")

    async def _object(self, request: web.Request) -> web.Response:
        key, headers = request.match_info["key"], {"ETag": '"x"'}
        headers["Last-Modified"] = "Sat, 28 Nov 2026 12:00:00 GMT"
        self.headers.append(request.headers.get("Authorization", ""))
        if self.is_broken:
            return web.Response(status=403, text=f"<Error><Code>{SECRET}</Code></Error>")
        if request.method == "PUT":
            self.objects[key] = await request.read()
            return web.Response(headers=headers)
        if key not in self.objects:
            return web.Response(status=404, text="<Error><Code>NoSuchKey</Code></Error>")
        return web.Response(body=self.objects[key], headers=headers)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    bucket = Bucket()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{bucket.port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    yield bucket
    bucket.close()


@pytest.fixture(params=["folder", "bucket"])
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return open_storage(str(tmp_path / "shared" / "snapshots"))
    request.getfixturevalue("bucket")
    return open_storage("s3://news/desk/one")


def test_what_is_written_is_read_listed_and_deleted(stored: Storage) -> None:
    assert stored.sizes("a/chunks") == {}
    stored.write("a/chunks/one", b"12345")
    stored.write("a/chunks/one", b"123")
    stored.write("a/chunks/two", b"")
    stored.write("a/manifests/one.json", b"{}")
    assert stored.read("a/chunks/one") == b"123"
    assert stored.sizes("a/chunks") == {"a/chunks/one": 3, "a/chunks/two": 0}
    stored.delete(["a/chunks/one", "a/chunks/gone"])
    assert stored.sizes("a/chunks") == {"a/chunks/two": 0}
    with pytest.raises(SearchIndexError, match="cannot read snapshots"):
        stored.read("a/chunks/one")


def test_a_folder_is_private_and_keeps_no_unfinished_file(tmp_path: Path) -> None:
    folder = open_storage(str(tmp_path / "snapshots"))
    folder.write("a/chunks/one", b"123")
    assert (tmp_path / "snapshots").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "snapshots/a/chunks").iterdir()] == ["one"]
    (tmp_path / "file").touch()
    with pytest.raises(SearchIndexError, match="File exists"):
        open_storage(str(tmp_path / "file")).write("a/one", b"")


def test_no_error_holds_a_secret(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "RETRIES", 0)
    bucket.is_broken = True
    place = open_storage("s3://news/desk")
    tries: list[Callable[[], object]] = [
        lambda: place.write("one", b""),
        lambda: place.read("one"),
        lambda: place.delete(["one"]),
    ]
    for attempt in tries:
        with pytest.raises(SearchIndexError) as caught:
            attempt()
        assert SECRET not in str(caught.value)
    assert all("AKIAEXAMPLE" in header for header in bucket.headers), "requests are signed"


def test_a_bucket_that_cannot_be_reached_is_an_error(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "RETRIES", 0)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(SearchIndexError, match="cannot list snapshots of the index: s3://news"):
        open_storage("s3://news").sizes("a")


def test_a_bucket_that_never_answers_is_given_up(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "RETRIES", 0)
    monkeypatch.setattr(storage, "REQUEST_SECONDS", 0.2)
    bucket.is_silent = True
    with pytest.raises(SearchIndexError, match="cannot list snapshots of the index: s3://news"):
        open_storage("s3://news").sizes("a")
    bucket.is_silent = False
