"""ZIP files: every article in them, and nothing that a bomb could do."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest import parser
from bot.ingest.documents import make_document
from bot.ingest.formats import archive
from bot.ingest.parsed_file import FileStart, ParsedArticle
from bot.ingest.parser import MAX_NESTING_DEPTH, SourceFile
from bot.ingest.refusal import Refusal
from bot.model import Document
from tests.ingest.packing import Contents, bomb, nothing_deflated, raw_zip, zipped

MAX_BYTES = 100_000
STORY = "The quay is shut, the harbour office said."
FOLDER: Contents = {
    "a.txt": STORY,
    "b/c.md": "---\ntitle: Open\n---\nThe quay is open.",
    "b/lines.jsonl": '{"text": "One."}\n{"text": "Two.", "author": "X"}\n',
}


def read(raw: bytes, name: str) -> list[Document | Refusal]:
    """As the process apart does, but here."""
    return checked(SourceFile(raw, name, MAX_BYTES))


def checked(source: SourceFile) -> list[Document | Refusal]:
    found: list[Document | Refusal] = []
    for one in parser.parse(source):
        if isinstance(one, Refusal):
            found.append(one)
        elif isinstance(one, ParsedArticle):
            found.append(make_document(one, "box"))
    return found


def refused(raw: bytes, name: str) -> dict[str, str]:
    """The causes of what is refused, by place."""
    return {one.place: one.cause for one in read(raw, name) if isinstance(one, Refusal)}


def check_folder(raw: bytes, name: str, place: str = "") -> None:
    found = read(raw, name)
    documents = {one.origin: one for one in found if isinstance(one, Document)}
    at = f"box#{place}"
    assert list(documents) == [f"{at}a.txt", f"{at}b/c.md", f"{at}b/lines.jsonl#line 1"]
    assert documents[f"{at}a.txt"].text == STORY
    assert documents[f"{at}b/c.md"].title == "Open"
    (refusal,) = (one for one in found if isinstance(one, Refusal))
    assert refusal.place == f"{place}b/lines.jsonl#line 2"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip(method: int) -> None:
    check_folder(zipped(FOLDER, method), "box.zip")


def test_a_file_without_a_name_does_not_stop_the_others() -> None:
    local, central = zipped({"quay.txt": STORY, "b.txt": STORY}).rsplit(b"quay.txt", 1)
    found = read(local + b"\0uay.txt" + central, "box.zip")
    assert [one.origin for one in found if isinstance(one, Document)] == ["box#b.txt"]
    assert sum(isinstance(one, Refusal) for one in found) == 1


def test_unsafe_archive_entries_are_refused_and_the_rest_read() -> None:
    names = ("../up.txt", "/etc/motd.txt", "c:\\x.txt")
    raw = zipped({**dict.fromkeys(names, "x"), "a.txt": STORY})
    out = "its name points outside the archive"
    assert refused(raw, "box.zip") == dict.fromkeys(names, out)
    assert [one.text for one in read(raw, "box.zip") if isinstance(one, Document)] == [STORY]


def test_a_zip_in_a_zip_in_a_zip() -> None:
    raw = zipped({"outer.zip": zipped({"in/inner.zip": zipped(FOLDER)})})
    check_folder(raw, "box.zip", "outer.zip#in/inner.zip#")


def test_a_link_in_a_zip_is_refused() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert "link or a device" in refused(box.getvalue(), "box.zip")["link.txt"]


def test_hidden_files_are_left_out_and_unknown_files_reported() -> None:
    files = {"__MACOSX/._a.txt": "x", ".git/b.txt": "x", "c/.DS_Store": "x", "d.jpg": "x"}
    causes = refused(zipped({**files, "e.yml": "title: A", "f.txt": STORY}), "box.zip")
    assert list(causes) == ["d.jpg", "e.yml"]
    assert "pictures ending in .jpg are not read" in causes["d.jpg"]
    assert "files ending in .yml are not read" in causes["e.yml"]


def test_only_the_first_of_two_entries_with_one_name_is_read() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("a.txt", STORY)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "Another.")
    found = read(box.getvalue(), "box.zip")
    assert isinstance(found[0], Document)
    assert isinstance(found[1], Refusal)
    assert found[1].cause == "the archive has another file with this name"


def test_an_encrypted_file_is_named_and_the_others_read() -> None:
    raw = bytearray(zipped({"a.txt": STORY, "b.txt": STORY}))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        raw[raw.index(mark) + at] |= 1
    assert refused(bytes(raw), "box.zip") == {"a.txt": "it is encrypted"}


def test_an_unsafe_zip_method_is_refused() -> None:
    causes = refused(zipped({"a.txt": STORY}, zipfile.ZIP_BZIP2), "box.zip")
    assert causes == {"a.txt": "it is packed by method 12, which is not supported"}


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.7])
def test_a_truncated_archive_is_refused(kept: float) -> None:
    raw = zipped({f"{number}.txt": f"{STORY} {number}" for number in range(40)})
    (refusal,) = read(raw[: int(len(raw) * kept)], "box.zip")
    assert isinstance(refusal, Refusal)


def test_an_archive_with_nothing_in_it_is_refused() -> None:
    assert refused(zipped({}), "box.zip") == {"": "it has no article in it"}


def test_stated_sizes_are_not_trusted() -> None:
    stream = nothing_deflated(30)
    for stated in (1, 30_000_000, 2**32 - 1):
        (cause,) = refused(raw_zip({"a.txt": stream}, size=stated), "box.zip").values()
        assert "damaged" in cause or "unpacks to more than" in cause


def test_a_zip64_is_read() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as file:
        file.write(STORY.encode())
    (document,) = read(box.getvalue(), "box.zip")
    assert isinstance(document, Document)


def test_a_bomb_is_refused_before_it_has_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = []

    class Counted(io.BytesIO):
        def write(self, piece: bytes, /) -> int:  # type: ignore[override]
            unpacked.append(len(piece))
            return super().write(piece)

    monkeypatch.setattr(archive, "BytesIO", Counted)
    (outcome,) = read(bomb(), "bomb.zip")
    assert isinstance(outcome, Refusal)
    assert "unpacks to more than" in outcome.cause
    assert sum(unpacked) < 12_000_000


def test_the_total_unpacked_size_is_limited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parser, "MAX_UNPACKED_RATIO", 1)
    inner = zipped({f"{n}.txt": f"{n} " * 5_000 for n in range(8)})
    found = read(zipped({f"{n}.zip": inner for n in range(8)}, zipfile.ZIP_STORED), "box.zip")
    assert 0 < sum(isinstance(one, Document) for one in found) < 10
    assert isinstance(found[-1], Refusal)
    assert "unpacks to more than 1 times" in found[-1].cause
    assert sum(isinstance(one, Refusal) for one in found) == 1


def test_damaged_files_count_towards_the_size_limit() -> None:
    stream = nothing_deflated(1)
    found = read(raw_zip({f"{n}.txt": stream for n in range(50)}, size=1_000_000), "box.zip")
    assert isinstance(found[-1], Refusal)
    assert "unpacks to more than 8 times" in found[-1].cause
    assert len(found) < 4


def test_the_number_of_files_is_bounded_however_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_FILES", 20)
    inner = zipped({f"{n}.txt": "x" for n in range(15)})
    found = read(zipped({f"{n}.zip": inner for n in range(5)}), "box.zip")
    assert sum(isinstance(one, Document) for one in found) < 20
    assert isinstance(found[-1], Refusal)
    assert "more than 20 files" in found[-1].cause


def test_an_archive_with_too_many_files_is_refused() -> None:
    files = dict.fromkeys((f"{n}" for n in range(archive.MAX_FILES + 1)), b"")
    (cause,) = refused(zipped(files, zipfile.ZIP_STORED), "box.zip").values()
    assert cause == "it has more than 10,000 files"


def test_reading_resumes_after_a_path() -> None:
    inner = zipped({"c.txt": "C", "d.txt": "D"})
    raw = zipped({"a.txt": "A", "b.zip": inner, "e.txt": "E"})
    opened = SourceFile(raw, "box.zip", MAX_BYTES)
    begun = {one.place: one.path for one in parser.parse(opened) if isinstance(one, FileStart)}
    assert list(begun) == ["a.txt", "b.zip", "b.zip#c.txt", "b.zip#d.txt", "e.txt"]
    left = {
        place: [
            one.text
            for one in checked(opened._replace(resume_after=path))
            if isinstance(one, Document)
        ]
        for place, path in begun.items()
    }
    assert left == {
        "a.txt": ["C", "D", "E"],
        "b.zip": ["E"],
        "b.zip#c.txt": ["D", "E"],
        "b.zip#d.txt": ["E"],
        "e.txt": [],
    }
    assert not any(
        isinstance(one, Refusal) for one in parser.parse(opened._replace(resume_after=(2,)))
    )


def test_nesting_depth_is_limited() -> None:
    raw = zipped({"a.txt": STORY})
    for _ in range(MAX_NESTING_DEPTH):
        raw = zipped({"in.zip": raw})
    (cause,) = refused(raw, "box.zip").values()
    assert cause == f"it is more than {MAX_NESTING_DEPTH} files deep"


def test_the_size_limit_applies_to_articles_in_archives() -> None:
    largest = zipped({"a.txt": "ab " * (MAX_BYTES // 3)}, zipfile.ZIP_STORED)
    assert isinstance(read(largest, "box.zip")[0], Document)
    larger = zipped({"a.txt": "x" * (MAX_BYTES + 1)}, zipfile.ZIP_STORED)
    assert refused(larger, "box.zip") == {"a.txt": "it is larger than 100,000 bytes"}


@given(
    files=st.dictionaries(
        st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=9).map(
            "{}.txt".format
        ),
        st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1).filter(
            str.strip
        ),
        min_size=1,
        max_size=5,
    ),
)
def test_texts_come_out_to_the_character(files: dict[str, str]) -> None:
    found = [one.text for one in read(zipped(files), "a.zip") if isinstance(one, Document)]
    assert found == list(files.values())
