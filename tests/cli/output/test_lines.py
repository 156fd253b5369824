from __future__ import annotations

import json

from bot.cli.output.lines import dumps


def test_a_broken_character_is_escaped_and_others_stand_as_they_are() -> None:
    line = dumps({"query": "é𝒳 \udcff"})
    assert line == r'{"query": "é𝒳 \udcff"}'
    assert json.loads(line.encode()) == {"query": "é𝒳 \udcff"}
