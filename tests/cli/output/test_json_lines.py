from __future__ import annotations

import json

from bot.cli.output.json_lines import dumps


def test_only_broken_characters_are_escaped() -> None:
    line = dumps({"query": "é𝒳 \udcff"})
    assert line == r'{"query": "é𝒳 \udcff"}'
    assert json.loads(line.encode()) == {"query": "é𝒳 \udcff"}
