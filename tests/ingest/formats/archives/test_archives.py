"""ZIP, tar and packed files: every article in them, and nothing that a bomb could do."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest import parser
from bot.ingest.formats import archives
from bot.ingest.parsed_file import FileStart
from bot.ingest.parser import MAX_NESTING_DEPTH, SourceFile
from bot.ingest.refusal import Refusal
from bot.model import Document
from tests.ingest.packing import Contents, bomb, nothing_deflated, raw_zip, tarred, zipped

MAX_BYTES = 100_000
STORY = "The quay is shut, the harbour office said."
FOLDER: Contents = {
    "a.txt": STORY,
    "a.yml": "title: Quay shut\nlanguage: en\n",
    "b/c.md": "---\ntitle: Open\n---\nThe quay is open.",
    "b/lines.jsonl": '{"text": "One."}\n{"text": "Two.", "author": "X"}\n',
}


def read(raw: bytes, name: str) -> list[Document | Refusal]:
    """As the process apart does, but here."""
    found = parser.parse(SourceFile(raw, name, "box", MAX_BYTES, {}))
    return [one for one in found if not isinstance(one, FileStart)]


def refused(raw: bytes, name: str) -> dict[str, str]:
    """The causes of what is refused, by place."""
    return {one.place: one.cause for one in read(raw, name) if isinstance(one, Refusal)}


def check_folder(raw: bytes, name: str, place: str = "") -> None:
    found = read(raw, name)
    documents = {one.origin: one for one in found if isinstance(one, Document)}
    at = f"box#{place}"
    assert list(documents) == [f"{at}a.txt", f"{at}b/c.md", f"{at}b/lines.jsonl#line 1"]
    first = documents[f"{at}a.txt"]
    assert (first.text, first.title, first.language) == (STORY, "Quay shut", "en")
    assert documents[f"{at}b/c.md"].title == "Open"
    (refusal,) = (one for one in found if isinstance(one, Refusal))
    assert refusal.place == f"{place}b/lines.jsonl#line 2"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip(method: int) -> None:
    check_folder(zipped(FOLDER, method), "box.zip")


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar(form: int) -> None:
    check_folder(tarred(FOLDER, form=form), "box.tar")


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz"])
@pytest.mark.parametrize("name", ["box.tar.{}", "box.t{}"])
def test_a_packed_tar(kind: str, name: str) -> None:
    check_folder(tarred(FOLDER, kind), name.format(kind))


def test_a_file_without_a_name_does_not_stop_the_others() -> None:
    local, central = zipped({"quay.txt": STORY, "b.txt": STORY}).rsplit(b"quay.txt", 1)
    found = read(local + b"\0uay.txt" + central, "box.zip")
    assert [one.origin for one in found if isinstance(one, Document)] == ["box#b.txt"]
    assert sum(isinstance(one, Refusal) for one in found) == 1


def test_a_zip_in_a_tar_in_a_zip() -> None:
    raw = zipped({"outer.tgz": tarred({"in/inner.zip": zipped(FOLDER)}, "gz")})
    check_folder(raw, "box.zip", "outer.tgz#in/inner.zip#")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_article_has_its_unpacked_name(pack: object) -> None:
    (document,) = read(pack(STORY.encode()), "a.txt.gz")  # type: ignore[operator]
    assert document == Document(origin="box", text=STORY)


def test_a_compressed_tar_is_recognised_by_its_bytes() -> None:
    check_folder(tarred(FOLDER, "gz"), "application/gzip")
    check_folder(tarred(FOLDER, "gz"), "")


def test_a_yml_beside_two_articles_is_ambiguous() -> None:
    files = {"b/a.txt": "Shut.", "b/a.md": "Open.", "b/a.yml": "title: A", "a.txt": "Late."}
    causes = refused(zipped(files), "box.zip")
    assert list(causes) == ["b/a.txt", "b/a.md"]
    assert all("any of a.md, a.txt" in cause for cause in causes.values())
    found = read(zipped(files), "box.zip")
    assert [one.text for one in found if isinstance(one, Document)] == ["Late."]


def test_unsafe_archive_entries_are_refused_and_the_rest_read() -> None:
    box = io.BytesIO()
    with tarfile.open(fileobj=box, mode="w") as archive:
        for name, kind in (
            ("../up.txt", tarfile.REGTYPE),
            ("/etc/motd.txt", tarfile.REGTYPE),
            ("c:\\x.txt", tarfile.REGTYPE),
            ("link.txt", tarfile.SYMTYPE),
            ("hard.txt", tarfile.LNKTYPE),
            ("null.txt", tarfile.CHRTYPE),
            ("pipe.txt", tarfile.FIFOTYPE),
            ("folder", tarfile.DIRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(STORY)
        archive.addfile(info, io.BytesIO(STORY.encode()))
    causes = refused(box.getvalue(), "box.tar")
    out, link = "its name points outside the archive", "it is a link or a device, not a file"
    assert causes == {
        **dict.fromkeys(("../up.txt", "/etc/motd.txt", "c:\\x.txt"), out),
        **dict.fromkeys(("link.txt", "hard.txt", "null.txt", "pipe.txt"), link),
    }
    assert [one.text for one in read(box.getvalue(), "box.tar") if isinstance(one, Document)] == [
        STORY
    ]


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
    assert "pictures are not read" in causes["d.jpg"]
    assert "no article beside it" in causes["e.yml"]


def test_a_mistake_in_metadata_beside_an_article_names_it() -> None:
    causes = refused(zipped({"a.txt": STORY, "a.yml": "titel: A"}), "box.zip")
    assert causes["a.txt"].startswith("in the .yml beside it, its metadata has the key 'titel'")


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


@pytest.mark.parametrize("name", ["box.zip", "box.tar", "box.tar.gz", "box.tar.xz"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.7])
def test_a_truncated_archive_is_refused(name: str, kept: float) -> None:
    kind = name.rpartition(".")[2]
    files = {f"{number}.txt": f"{STORY} {number}" for number in range(40)}
    raw = zipped(files) if kind == "zip" else tarred(files, "" if kind == "tar" else kind)
    found = read(raw[: int(len(raw) * kept)], name)
    assert isinstance(found[-1], Refusal)
    assert kept > 0.1 or kind == "tar" or len(found) == 1


def test_an_archive_with_nothing_in_it_is_refused() -> None:
    for raw, name in ((zipped({}), "box.zip"), (tarred({}), "box.tar")):
        assert refused(raw, name) == {"": "it has no article in it"}


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


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (bomb(), "bomb.zip"),
        (gzip.compress(bytes(30_000_000)), "bomb.gz"),
        (bz2.compress(bytes(30_000_000)) * 20, "bomb.bz2"),
        (lzma.compress(bytes(30_000_000)), "bomb.xz"),
        (tarred({"a.txt": bytes(30_000_000)}, "gz"), "bomb.tgz"),
    ],
    ids=["zip", "gz", "bz2", "xz", "tgz"],
)
def test_a_bomb_is_refused_before_it_has_unpacked(
    raw: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = []

    class Counted(io.BytesIO):
        def write(self, piece: bytes, /) -> int:  # type: ignore[override]
            unpacked.append(len(piece))
            return super().write(piece)

    monkeypatch.setattr(archives, "BytesIO", Counted)
    (outcome,) = read(raw, name)
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
    assert "unpacks to more than 100,000 bytes" in found[-1].cause
    assert sum(isinstance(one, Refusal) for one in found) == 1


def test_damaged_files_count_towards_the_size_limit() -> None:
    stream = nothing_deflated(1)
    found = read(raw_zip({f"{n}.txt": stream for n in range(50)}, size=1_000_000), "box.zip")
    assert isinstance(found[-1], Refusal)
    assert "unpacks to more than 800,000 bytes" in found[-1].cause
    assert len(found) < 4


def test_the_number_of_files_is_bounded_however_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_FILES", 20)
    inner = tarred({f"{n}.txt": "x" for n in range(15)})
    found = read(tarred({f"{n}.tar": inner for n in range(5)}), "box.tar")
    assert sum(isinstance(one, Document) for one in found) < 20
    assert isinstance(found[-1], Refusal)
    assert "more than 20 files" in found[-1].cause


def test_an_archive_with_too_many_files_is_refused() -> None:
    files = dict.fromkeys((f"{n}" for n in range(archives.MAX_FILES + 1)), b"")
    for raw, name in ((zipped(files, zipfile.ZIP_STORED), "box.zip"), (tarred(files), "box.tar")):
        (cause,) = refused(raw, name).values()
        assert cause == "it has more than 10,000 files"


def test_reading_resumes_after_a_path() -> None:
    inner = zipped({"c.txt": "C", "d.txt": "D"})
    opened = SourceFile(
        zipped({"a.txt": "A", "b.zip": inner, "e.txt": "E"}), "box.zip", "box", MAX_BYTES, {}
    )
    begun = {one.place: one.path for one in parser.parse(opened) if isinstance(one, FileStart)}
    assert list(begun) == ["a.txt", "b.zip", "b.zip#c.txt", "b.zip#d.txt", "e.txt"]
    left = {
        place: [
            one.text
            for one in parser.parse(opened._replace(resume_after=path))
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
    kind=st.sampled_from(["zip", "", "gz"]),
)
def test_texts_come_out_to_the_character(files: dict[str, str], kind: str) -> None:
    raw = zipped(files) if kind == "zip" else tarred(files, kind)
    name = {"zip": "a.zip", "": "a.tar", "gz": "a.tgz"}[kind]
    found = [one.text for one in read(raw, name) if isinstance(one, Document)]
    assert found == list(files.values())
