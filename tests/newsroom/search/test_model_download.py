"""The model of search by meaning comes from a newsroom's own mirror, and only the right one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import config
from bot.config import Settings
from bot.errors import BotError, FetchError, SearchIndexError
from bot.newsroom import Newsroom
from bot.newsroom.search.meaning import download_weights, place_of_weights
from bot.search.meaning import weights
from tests.outlet_site import OutletSite, Page, open_site

MODEL = b"\x08\x08the right model" * 1000


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[OutletSite]:
    """A mirror of a model whose digest is the expected one."""
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(MODEL).hexdigest())
    with open_site() as site:
        site.pages["/model.onnx"] = Page(MODEL)
        yield site


def settings_for(folder: Path, weights_setting: str, allowed: str = "") -> Settings:
    (folder / "config").mkdir()
    hosts = f'["{allowed}"]' if allowed else "[]"
    lines = f"search:\n  weights: {weights_setting}\nfetch:\n  allowed: {hosts}\n"
    (folder / "config" / "bot.yml").write_text(lines)
    return config.load({"CLAIMDESK_DATA": str(folder)})


def test_it_is_downloaded_once_and_kept(tmp_path: Path, mirror: OutletSite) -> None:
    settings = settings_for(tmp_path, f"{mirror.url}/model.onnx", mirror.address)
    for _ in range(2):
        download_weights(settings)
        assert weights.load(place_of_weights(settings)) == MODEL
    assert mirror.paths == ["/model.onnx"]


def test_a_damaged_copy_is_downloaded_again(tmp_path: Path, mirror: OutletSite) -> None:
    settings = settings_for(tmp_path, f"{mirror.url}/model.onnx", mirror.address)
    download_weights(settings)
    (copy,) = (tmp_path / "weights").rglob("model.onnx")
    copy.write_bytes(MODEL[:-1])
    download_weights(settings)
    assert copy.read_bytes() == MODEL


def test_another_model_is_refused_and_not_kept(tmp_path: Path, mirror: OutletSite) -> None:
    mirror.pages["/model.onnx"] = Page(b"\x08\x08another")
    settings = settings_for(tmp_path, f"{mirror.url}/model.onnx?key=sesame", mirror.address)
    with pytest.raises(SearchIndexError, match=r"/model\.onnx is not the model") as raised:
        download_weights(settings)
    assert hashlib.sha256(b"\x08\x08another").hexdigest() in str(raised.value)
    assert weights.SHA256 in str(raised.value)
    assert "sesame" not in str(raised.value)
    assert not list((tmp_path / "weights").rglob("*"))


def test_a_mirror_in_the_own_network_must_be_allowed(tmp_path: Path, mirror: OutletSite) -> None:
    settings = settings_for(tmp_path, f"{mirror.url}/model.onnx")
    with pytest.raises(FetchError, match=r"fetch\.allowed"):
        download_weights(settings)
    assert mirror.requests == []


def test_until_it_is_there_words_answer_and_the_reason_is_said(
    tmp_path: Path, mirror: OutletSite
) -> None:
    mirror.pages.clear()
    settings = settings_for(tmp_path, f"{mirror.url}/model.onnx", mirror.address)
    with Newsroom(settings) as newsroom:
        newsroom.store.database.migrate()
        assert newsroom.vectors.disabled_reason().endswith("(run claimdesk vectors)")
        assert newsroom.search.find("harbour").hits == ()
        with pytest.raises(BotError, match="nothing at this address"):
            list(newsroom.updates.vectors.build())


def test_a_folder_without_it_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    with Newsroom(settings_for(tmp_path, str(folder))) as newsroom:
        assert newsroom.vectors.disabled_reason() == (
            f"there is no model.onnx in {folder}, which search.weights names"
        )
