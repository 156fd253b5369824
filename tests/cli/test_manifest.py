from __future__ import annotations

import json
from pathlib import Path

import yaml

from bot.config import manifest
from tests.cli.program import claimdesk

ADDRESS = "https://claims.example.org"


def test_the_manifest_is_printed_with_its_comments(tmp_path: Path) -> None:
    assert claimdesk(tmp_path, "manifest").out == manifest.manifest_file().read_text("utf-8")


def test_the_manifest_is_printed_for_http_and_minimal(tmp_path: Path) -> None:
    expected = manifest.for_http(manifest.without_optional(manifest.load_manifest()), ADDRESS)
    options = ("manifest", "--http", ADDRESS, "--minimal")
    assert yaml.safe_load(claimdesk(tmp_path, *options).out) == expected
    assert json.loads(claimdesk(tmp_path, *options, "--json").out) == expected


def test_a_bad_address_is_refused_in_one_line(tmp_path: Path) -> None:
    done = claimdesk(tmp_path, "manifest", "--http", "http://claims.example.org")
    assert (done.code, done.out) == (2, "")
    assert "begins with https://" in done.err
