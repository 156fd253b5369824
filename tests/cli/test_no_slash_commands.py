"""What the terminal prints tells nobody to type a command of Slack."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot
from bot import words
from tests.cli.program import claimdesk

ROOT = Path(bot.__file__).parent
SLASH = re.compile(r"(?<![\w/<.])/(?:claim|speaker|article|watch|digest|feed)\b(?!/)")
ONLY_SLACK_ASKS = {
    "newsroom/delivery/messages.py",
    "newsroom/digests/digests.py",
    "newsroom/articles/shown_claims.py",
    "newsroom/speakers/speaker_rulings.py",
    "store/conversations.py",
    "store/watches/watches.py",
}
"""Files whose words of this kind answer a button or a command of Slack."""


@pytest.mark.parametrize(
    "typed",
    [
        "speaker Nobody Whatsoever",
        "digest preview --channel C0000000",
        "feed pause https://nowhere.example/feed",
        "feed list",
        "claim photosynthesis",
        "claim after:never",
        "article nothing-of-this-name",
        "names undo r1",
        "watches",
        "corrections list",
        "jobs",
        "outbox",
        "doctor",
    ],
)
def test_what_is_printed_names_no_command_of_slack(indexed: Path, typed: str) -> None:
    done = claimdesk(indexed, *typed.split())
    assert done.out + done.err
    assert not SLASH.search(done.out + done.err)


def test_slash_commands_are_named_in_slack_only() -> None:
    told = [key for key, text in words.catalogue().items() if SLASH.search(str(text))]
    said = {
        f"{file.relative_to(ROOT)}: {key}"
        for file in ROOT.rglob("*.py")
        for key in told
        if f'"{key}"' in file.read_text()
    }
    allowed = ("slack/", *(f"{file}: " for file in ONLY_SLACK_ASKS))
    assert any(one.startswith("slack/") for one in said)
    assert sorted(one for one in said if not one.startswith(allowed)) == []


def test_no_code_outside_slack_writes_a_command_of_slack() -> None:
    literal = re.compile(rf'"[^"\n]*{SLASH.pattern}[^"\n]*"')
    found = {
        str(file.relative_to(ROOT))
        for file in ROOT.rglob("*.py")
        if file.relative_to(ROOT).parts[0] != "slack"
        for line in file.read_text().splitlines()
        if literal.search(line) and '"""' not in line
    }
    assert found == set()
