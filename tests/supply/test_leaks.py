"""No tracked file has a secret in it: no token, no private key, no value that looks like one."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from supply.leaks import find_leaks

PROJECT = Path(__file__).parents[2]
DIGITS = "123456789012"
LETTERS = "aB3dE6gH9jK2mN5pQ8sT1vW4"
# Each is put together here, or this file would be found.
SECRETS = {
    "a Slack token": ["xox" + f"b-{DIGITS}-{DIGITS}-{LETTERS}", "xapp" + f"-1-A{DIGITS}-{LETTERS}"],
    "a Slack webhook": ["https://hooks.slack" + f".com/services/T{DIGITS}/B{DIGITS}/{LETTERS}"],
    "a private key": [f"-----BEGIN {kind}PRIVATE" + " KEY-----" for kind in ("", "RSA ", "EC ")],
    "an AWS key": ["AKIA" + "IOSFODNN7EXAMPLE"],
    "a Google key": ["AIza" + "Sy" + LETTERS + "aB3dE6gH9"],
    "a GitHub token": ["ghp" + "_" + LETTERS + "aB3dE6gH9jK2"],
    "a PyPI or npm token": ["pypi" + "-AgEIcHlwaS5vcmc" + LETTERS * 2],
    "a Sentry address": ["https://" + "0123456789abcdef" * 2 + "@o1.ingest.sentry.io/2"],
}
RANDOM = "a value that looks random"


def tracked_files() -> list[Path]:
    command = ["git", "ls-files", "-z"]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.skip("skipped: not a checkout of git")
    return [PROJECT / name for name in result.stdout.split("\0") if name]


def test_no_tracked_file_has_a_secret() -> None:
    texts = {
        file: contents.decode("utf-8", "replace")
        for file in tracked_files()
        if file.is_file() and b"\0" not in (contents := file.read_bytes())[:8192]
    }
    assert len(texts) > 1000
    leaks = [(file, *leak) for file, text in texts.items() for leak in find_leaks(text)]
    assert [f"{file.relative_to(PROJECT)}:{line}: {kind}" for file, line, kind in leaks] == []


@pytest.mark.parametrize(
    ("kind", "secret"), [(kind, secret) for kind, secrets in SECRETS.items() for secret in secrets]
)
def test_each_kind_of_secret_is_found_on_its_line(kind: str, secret: str) -> None:
    assert (2, kind) in list(find_leaks(f"first\nsecond {secret}\nthird"))


@pytest.mark.parametrize(
    "line",
    [
        'SLACK_SIGNING_SECRET="{}"',
        "signing_secret: {}",
        "'api_key': '{}',",
        'password: str = "{}"',
        'AWS_SECRET_ACCESS_KEY = b"{}"',
        "DATABASE_URL=postgresql://claimdesk:{}@db/claimdesk",
    ],
)
@given(seed=st.binary(min_size=1, max_size=20))
def test_a_random_value_is_found_by_its_name(line: str, seed: bytes) -> None:
    digest = hashlib.sha256(seed)
    urlsafe = base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")
    assume(re.search(r"\d", urlsafe))  # one in 1,500 has no digit, and looks like words
    for key in (digest.hexdigest(), urlsafe):
        assert list(find_leaks(line.format(key))) == [(1, RANDOM)]


@pytest.mark.parametrize(
    "line",
    [
        "SLACK_BOT_TOKEN=xoxb-…",
        'signing_secret=env.get("SLACK_SIGNING_SECRET") or None',
        "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it in .env}",
        "postgresql://user:password@host/claimdesk",
        'SECRET = "sesame"',
        "token = tokens_of_this_paragraph[12]",
        "-----BEGIN PUBLIC KEY-----",
    ],
)
def test_names_and_examples_are_no_secrets(line: str) -> None:
    assert list(find_leaks(line)) == []
