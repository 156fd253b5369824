"""find_article_files(): which files are read, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import IngestError
from bot.ingest import find_article_files, states_metadata


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Shut.", encoding="utf-8")


def found(folder: Path, *names: str) -> list[str]:
    paths = [folder / name for name in names] or [folder]
    return [
        Path(path.subject if isinstance(path, IngestError) else path).relative_to(folder).as_posix()
        for path in find_article_files(paths)
    ]


def refused(folder: Path) -> dict[str, str]:
    """What of a folder is refused before it is opened, and why."""
    found = [one for one in find_article_files([folder]) if isinstance(one, IngestError)]
    return {Path(error.subject).name: error.cause for error in found}


def test_folders_are_walked_in_sorted_order(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a.md", "c/b.txt", "c/a/z.md", "d.md")
    assert found(tmp_path) == ["a.md", "b.txt", "c/a/z.md", "c/b.txt", "d.md"]


def test_files_come_in_the_order_named(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a.md", "c/d.md")
    assert found(tmp_path, "b.txt", "c", "a.md") == ["b.txt", "c/d.md", "a.md"]


@pytest.mark.parametrize("article", ["a.txt", "a.md", "a.TXT"])
def test_metadata_beside_its_article_is_not_found(tmp_path: Path, article: str) -> None:
    fill(tmp_path, article, "a.yml")
    assert found(tmp_path) == [article]
    # A shell's a.* names both.
    assert found(tmp_path, article, "a.yml") == [article]


def test_files_that_read_refuses_are_found(tmp_path: Path) -> None:
    fill(tmp_path, "a.pdf", "b.yml", "c")
    (tmp_path / "d.txt").symlink_to(tmp_path / "gone.txt")
    assert found(tmp_path) == ["a.pdf", "b.yml", "c", "d.txt"]
    assert found(tmp_path, "a.pdf", "missing.txt", "b.yml") == ["a.pdf", "missing.txt", "b.yml"]


def test_hidden_files_and_folders_are_left_out_unless_named(tmp_path: Path) -> None:
    fill(tmp_path, ".DS_Store", ".hidden.txt", ".git/a.txt", "a.txt")
    assert found(tmp_path) == ["a.txt"]
    assert found(tmp_path, ".hidden.txt", ".git") == [".hidden.txt", ".git/a.txt"]


def test_a_folder_with_an_articles_suffix_is_walked(tmp_path: Path) -> None:
    fill(tmp_path, "x.txt/a.txt")
    assert found(tmp_path) == ["x.txt/a.txt"]


def test_linked_folders_are_followed_and_a_circle_ends(tmp_path: Path) -> None:
    fill(tmp_path, "a/b.txt", "a/elsewhere/c.txt")
    (tmp_path / "a" / "round").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "self.txt").symlink_to(tmp_path / "a" / "self.txt")
    (tmp_path / "a" / "there").symlink_to("elsewhere")
    listed = ["a/b.txt", "a/elsewhere/c.txt", "a/self.txt", "a/there/c.txt"]
    assert found(tmp_path, "a") == listed
    assert refused(tmp_path / "a") == {}


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    fill(tmp_path, "wire/a.txt", "wire/deep/b.txt", "passwd", "home/c.txt")
    (tmp_path / "wire" / "link.txt").symlink_to(tmp_path / "passwd")
    (tmp_path / "wire" / "deep" / "up.yml").symlink_to("../../passwd")
    (tmp_path / "wire" / "home").symlink_to(tmp_path / "home")
    (tmp_path / "wire" / "gone.txt").symlink_to("/no/such/file")
    causes = refused(tmp_path / "wire")
    assert sorted(causes) == ["gone.txt", "home", "link.txt", "up.yml"]
    assert all("outside the folder" in cause for cause in causes.values())
    assert "wire/home/c.txt" not in found(tmp_path, "wire")


def test_a_given_path_may_be_a_link(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "wire/b.txt")
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "linked").symlink_to("wire")
    (tmp_path / "wire" / "c.txt").symlink_to(tmp_path / "wire" / "b.txt")
    assert [path.name for path in find_article_files([tmp_path / "link.txt"])] == ["link.txt"]
    names = [path.name for path in find_article_files([tmp_path / "linked"])]
    assert names == ["b.txt", "c.txt"]


def test_a_folder_that_cannot_be_listed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "a/b.txt", "locked/c.txt")
    listed = Path.iterdir

    def refuse_locked(path: Path) -> object:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse_locked)
    assert found(tmp_path) == ["a/b.txt", "locked"]


def test_a_folder_that_cannot_be_entered_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "a.txt")

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert found(tmp_path, "a.txt") == ["a.txt"]


def test_front_matter_or_a_file_beside_it_states_metadata(tmp_path: Path) -> None:
    bare, beside, marked = (tmp_path / name for name in ("a.txt", "b.txt", "c.md"))
    for file in (bare, beside):
        file.write_text("The quay is shut.")
    (tmp_path / "b.yml").write_text("title: Quay shut")
    marked.write_text("---\ntitle: Quay shut\n---\nThe quay is shut.")
    assert [states_metadata(str(file)) for file in (bare, beside, marked)] == [False, True, True]
    assert states_metadata(str(tmp_path / "gone.txt"))  # nothing is known of it any more
    assert states_metadata("https://post.example/a\0")
