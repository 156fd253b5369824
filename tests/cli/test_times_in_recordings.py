"""A transcript from the file to the answer: who said it, and when in the recording."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.program import claimdesk

SUBTITLES = """1
00:14:05,000 --> 00:14:08,000
FALK: The lower lock has leaked
since the spring.

2
00:14:09,000 --> 00:14:12,000
ROE: The harbour board will repair it.
"""


def test_a_subtitles_time_is_shown_with_its_claim(tmp_path: Path) -> None:
    file = tmp_path / "lock.srt"
    file.write_text(SUBTITLES, encoding="utf-8")
    done = claimdesk(tmp_path / "data", "ingest", file, "--outlet", "Lock TV")
    assert done.code == 0, done.err
    found = json.loads(claimdesk(tmp_path / "data", "claim", "--json", "leaked").out)
    (hit,) = found["hits"]
    assert (hit["source"], hit["text"]) == ("FALK", "The lower lock has leaked since the spring.")
    assert hit["passage"]["time"] == "00:14:05"
    assert hit["passage"]["text"] == "FALK: The lower lock has leaked since the spring."
    shown = claimdesk(tmp_path / "data", "claim", "repair").out
    assert "Lock TV · at 00:14:09" in shown
