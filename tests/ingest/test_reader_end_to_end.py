"""read() and read_bytes() end to end: the process apart, metadata beside, hostile files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import ingest
from bot.config import KnownName
from bot.errors import IngestError
from bot.ingest import parser
from bot.ingest import reader as reading
from bot.ingest.sandbox import process as apart
from bot.ingest.sandbox.process import TimeBudget
from bot.model import Document
from tests.ingest.misbehaving import process, read_with_bad_pdf
from tests.ingest.packing import zipped

ROOT = Path(__file__).parents[2]
MAX_BYTES = 100_000
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Quay shut</title>"
    "<meta property='og:site_name' content='The Bend Gazette'></head><body><article>"
    "<h1>Quay shut</h1>"
    "<p>The quay at Ostrava Bend will stay shut until Friday, the harbour office said on Monday,"
    " after a crane had come loose in the storm and had rolled twenty metres.</p>"
    "<p>“We do not move cranes in this wind,” said Tilda Roe, who runs the night shift there and"
    " had asked for new brakes in the spring.</p></article></body></html>"
)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    apart.close()


def read(path: Path) -> list[Document | IngestError]:
    return list(ingest.read(path, max_bytes=MAX_BYTES))


def read_bytes(raw: bytes, hint: str) -> list[Document | IngestError]:
    address = "https://a.example/story"
    return list(ingest.read_bytes(raw, origin=address, max_bytes=150_000, hint=hint))


def test_an_archive_gives_its_articles_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "box.zip"
    path.write_bytes(zipped({"a/b.txt": "Shut.", "c.jpg": "x"}))
    document, error = read(path)
    assert document == Document(origin=f"{path}#a/b.txt", text="Shut.")
    assert isinstance(error, IngestError)
    assert (error.subject, error.location) == (f"{path}#c.jpg", "c.jpg")
    assert not error.is_skipped


@pytest.mark.parametrize(
    ("way", "why"), [("raise", "KeyError"), ("crash", "signal 11"), ("swallow", "MB of memory")]
)
def test_reading_continues_after_a_file_that_crashes_the_reader(
    way: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parser, "parse", read_with_bad_pdf)
    bad = f"%PDF-{way}"
    inner = zipped({"b.txt": "B", "bad.pdf": bad, "c.txt": "C"})
    files = {"a.txt": "A", "bad.pdf": bad, "in.zip": inner, "d.txt": "D"}
    found = read_bytes(zipped(files), "box.zip")
    assert [one.text for one in found if isinstance(one, Document)] == ["A", "B", "C", "D"]
    errors = [one for one in found if isinstance(one, IngestError)]
    assert [one.location for one in errors] == ["bad.pdf", "in.zip#bad.pdf"]
    assert all(why in one.cause for one in errors)


def test_reading_stops_after_too_many_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "parse", read_with_bad_pdf)
    monkeypatch.setattr(reading, "MAX_FAILED_FILES", 2)
    errors = read_bytes(zipped({f"{n}.pdf": "%PDF-raise" for n in range(9)}), "box.zip")
    assert [one.location for one in errors if isinstance(one, IngestError)] == [
        "0.pdf",
        "1.pdf",
        "",
    ]
    assert "reading stopped there" in str(errors[-1])


def test_articles_read_before_the_file_timeout_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = zipped({f"{n}.txt": f"Story {n}" for n in range(1000)})
    assert len(read_bytes(box, "box.zip")) == 1000

    class SlowBudget(TimeBudget):
        @contextmanager
        def measure(self) -> Iterator[float]:
            with super().measure() as deadline:
                yield deadline
            self.seconds_left -= 1

    monkeypatch.setattr(apart, "TimeBudget", SlowBudget)
    *stories, last = read_bytes(box, "box.zip")
    texts = [one.text for one in stories if isinstance(one, Document)]
    assert texts == [f"Story {n}" for n in range(len(texts))]
    assert 0 < len(texts) < 300  # each story is announced by another result
    assert isinstance(last, IngestError)
    assert "takes more than 600 seconds" in last.cause


def test_the_yml_beside_a_page_corrects_what_the_page_says(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    (plain,) = read(path)
    assert isinstance(plain, Document)
    assert plain.outlet == "The Bend Gazette"
    (tmp_path / "a.yml").write_text("outlet: The Gazette\nsample: true\n", encoding="utf-8")
    (corrected,) = read(path)
    assert isinstance(corrected, Document)
    assert (corrected.outlet, corrected.sample) == ("The Gazette", True)
    assert corrected.text == plain.text


def test_a_saved_page_cannot_claim_a_known_outlet(tmp_path: Path) -> None:
    path = tmp_path / "box.zip"
    inner = zipped({"c.html": PAGE})
    files = {"a.html": PAGE, "d.zip": inner}
    path.write_bytes(zipped({**files, "e.md": "---\noutlet: The Bend Gazette\n---\n\nShut."}))
    known = (KnownName("The Bend Gazette", domains=("bend.example",)),)
    documents = list(ingest.read(path, max_bytes=MAX_BYTES, outlets=known))
    outlets = [one.outlet for one in documents if isinstance(one, Document)]
    assert outlets == [None] * 3


def test_a_saved_pages_unknown_outlet_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("The Bend Gazette", "The Bend\u2800\u200b Gazette"), "utf-8")
    (page,) = read(path)
    assert isinstance(page, Document)
    assert page.outlet == "The Bend Gazette"


def test_one_process_reads_page_after_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")

    def number() -> list[object]:
        return list(apart.run(process, (), budget=TimeBudget(60, 60), memory=300_000_000))  # type: ignore[arg-type]

    before = number()
    for _ in range(3):
        assert isinstance(read(path)[0], Document)
    assert number() == before


def test_a_yml_beside_an_archive_states_shared_metadata(tmp_path: Path) -> None:
    path = tmp_path / "box.zip"
    path.write_bytes(zipped({"a.txt": "Shut.", "b.txt": "Open."}))
    (tmp_path / "box.yml").write_text("outlet: The Gazette\n", encoding="utf-8")
    assert [one.outlet for one in read(path) if isinstance(one, Document)] == ["The Gazette"] * 2
    (tmp_path / "box.yml").write_text("title: A\n", encoding="utf-8")
    (error,) = read(path)
    assert isinstance(error, IngestError)
    assert error.cause == "it has 2 articles in it, which cannot share title"
    assert "save each article in its own file" in error.remedy


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="skipped: only Linux keeps limits")
def test_an_aborted_pdf_parser_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "_MEMORY_PER_INPUT_BYTE", 0)
    page = b"/MediaBox [0 0 600 800] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1"
    page += b" /BaseFont /Helvetica >> >> >>"
    words = b"BT /F1 12 Tf " + b"(a)Tj " * 1_900_000 + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R " + page + b" >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(words), words),
    ]
    listed = b"".join(b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate(objects, 1))
    raw = b"%PDF-1.4\n" + listed + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"
    (error,) = ingest.read_bytes(raw, origin="a.pdf", hint="a.pdf", max_bytes=len(raw))
    assert isinstance(error, IngestError)
    assert "the reader crashed (signal 6)" in error.cause


def test_bytes_of_no_format_are_refused_with_their_address() -> None:
    (error,) = read_bytes(b"\x89PNG\r\n", "image/png")
    assert isinstance(error, IngestError)
    assert error.subject == "https://a.example/story"
    assert error.cause == "it is a picture, not an article"
    (error,) = read_bytes(b"\x00\x01", "image/x-own")
    assert isinstance(error, IngestError)
    assert "HTML" in error.remedy


HOSTILE = """
import resource, sys
from bot import ingest
from bot.errors import IngestError
from tests.ingest.packing import bomb, nothing_deflated, raw_zip, zipped

laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
megabyte = nothing_deflated(1)
many = raw_zip({f"{n}.txt": megabyte for n in range(1000)}, size=1_000_000)
files = {
    "bomb.zip": bomb(),
    "many.zip": many,
    "nested.zip": zipped({f"{n}.zip": many for n in range(9)}),
    "lying.zip": raw_zip({"a.txt": nothing_deflated(400)}, size=10),
    "laughs.xml": ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">' + laughs
                   + ']><rss version="2.0"><channel><title>&l11;</title></channel></rss>').encode(),
    "unclosed.html": b"<html><body><article>" + b"<p" * 2_500_000,
    "deep.html": b"<html><body>" + b"<div>" * 1_000_000,
    "deep.xml": b"<rss version='2.0'>" + b"<a>" * 1_500_000,
    "deep.json": b'{"uri": ' + b"[" * 5_000_000,
}
texts = 0
for name, raw in files.items():
    found = list(ingest.read_bytes(raw, origin=name, hint=name, max_bytes=10_000_000))
    assert found, name
    texts += sum(not isinstance(one, IngestError) for one in found)
    assert "seconds" not in str(found[-1]), name
del files, raw
ingest.close()
kind = resource.RUSAGE_CHILDREN
print(texts, resource.getrusage(kind).ru_maxrss // 1024)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="skipped: only Linux keeps limits")
def test_hostile_files_are_refused_in_bounded_memory() -> None:
    """Beside the 200 MB that a reader may take, it maps Python and its libraries."""
    done = subprocess.run(
        [sys.executable, "-c", HOSTILE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    texts, megabytes = map(int, done.stdout.split())
    assert texts == 0
    assert megabytes < 300
