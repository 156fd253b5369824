"""What languages are called."""

from __future__ import annotations

import pytest

from bot.wording.language_names import language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("de", "German"),
        ("pt-BR", "Portuguese"),
        ("no", "Norwegian"),  # which YAML would take for a truth value
        ("NN", "Norwegian"),
        ("tlh", "the language tlh"),
        (None, "an unknown language"),
        ("", "an unknown language"),
    ],
)
def test_a_language_is_shown_by_its_name_or_code(code: str | None, name: str) -> None:
    assert language_name(code) == name
