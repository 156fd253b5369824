"""The catalogue of what the bot says: every text is said somewhere, with the names it asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from bot import words

BOT = Path(words.__file__).parents[1]
CATEGORIES = {"zero", "one", "two", "few", "many", "other"}


def _texts() -> Iterator[tuple[str, str]]:
    for key, text in words.catalogue().items():
        for one in [text] if isinstance(text, str) else text.values():
            yield key, one


def _strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Where code says a text whose key is written out."""
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and node.args and node.func
            name = getattr(called, "attr", getattr(called, "id", None))
            if isinstance(node, ast.Call) and name in ("say", "said"):
                key = node.args[0]
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, node


def test_plural_forms_are_those_that_a_language_has() -> None:
    for key, text in words.catalogue().items():
        if not isinstance(text, str):
            assert set(text) <= CATEGORIES, key
            assert {words.PLURALS[words.LANGUAGE](n) for n in range(200)} <= set(text), key


def test_every_text_exists_and_is_used() -> None:
    written = {one for path in BOT.rglob("*.py") for one in _strings(path)}
    beginnings = {one for one in written if one.endswith((".", "_"))}
    for key in words.catalogue():
        whole = key in written
        assert whole or any(key.startswith(one) for one in beginnings), f"{key} is said nowhere"
    for key, _ in _calls():
        assert key in words.catalogue(), key


def test_every_text_gets_the_names_it_asks_for() -> None:
    asked: dict[str, set[str]] = {}
    for key, text in _texts():
        names = {name for _, name, _, _ in Formatter().parse(text) if name}
        asked.setdefault(key, set()).update(names)
    for key, call in _calls():
        given = {one.arg for one in call.keywords if one.arg}
        if all(one.arg for one in call.keywords):
            assert asked[key] <= given, f"{key}: {asked[key] - given} is not given"
            assert given <= asked[key] | {"n"}, f"{key}: {given - asked[key]} is not asked for"


def test_no_key_is_written_twice() -> None:
    for file in sorted((BOT / "words").glob("*/*.yml")):
        keys = re.findall(r"^(\w+):", file.read_text("utf-8"), re.MULTILINE)
        assert len(keys) == len(set(keys)), file


def test_no_text_ends_in_a_space_or_shouts() -> None:
    for key, text in _texts():
        assert text == text.strip(" ") or key.endswith("_joint"), key
        assert "!" not in text, key
        assert "Oops" not in text, key


def test_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        words.say("nothing.like_this")


def test_numbers_are_printed_and_counted() -> None:
    assert words.format_value(1204) == "1,204"
    assert words.PLURALS["en"](1) == "one"
    assert words.PLURALS["en"](0) == words.PLURALS["en"](2) == "other"
