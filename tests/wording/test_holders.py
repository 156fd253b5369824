"""The lines that say whose a role is."""

from __future__ import annotations

from datetime import date

import pytest

from bot.model import Answer, Coverage, Holder, Role
from bot.wording.holders import holders_lines, listed_holders
from bot.wording.runs import plain_text

BREEN = Holder("Ines Breen", 5, date(2026, 11, 3), date(2026, 11, 12))
NASSER = Holder("Omar Nasser", 2, date(2026, 11, 14), date(2026, 11, 14))
MARSH = Holder("Al Marsh", 1)


def answer(*roles: Role) -> Answer:
    return Answer(
        query="q", read_as="q", total=1, hits=(), took_ms=1, roles=roles,
        searched=Coverage(articles=1, claims=1, first=None, last=None),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "holders", "line"),
    [
        ("harbour master", (BREEN,), "harbour master: Ines Breen"),
        ("the governor", (BREEN,), "governor: Ines Breen"),
        (
            "governor",
            (BREEN, NASSER),
            "“governor” is Ines Breen (5 claims, 3–12 Nov 2026)"
            " and Omar Nasser (2 claims, 14 Nov 2026)",
        ),
        (
            "governor",
            (NASSER, MARSH, BREEN, MARSH, MARSH),
            "“governor” is Omar Nasser (2 claims, 14 Nov 2026), Al Marsh (1 claim),"
            " Ines Breen (5 claims, 3–12 Nov 2026), Al Marsh (1 claim) and 1 other",
        ),
    ],
)
def test_the_holders_of_a_role_are_named(
    typed: str, holders: tuple[Holder, ...], line: str
) -> None:
    assert [plain_text(one) for one in holders_lines(answer(Role(typed, holders)))] == [line]


def test_names_are_strong() -> None:
    (line,) = holders_lines(answer(Role("governor", (BREEN, NASSER))))
    assert [run.text for run in line if run.strong] == ["Ines Breen", "Omar Nasser"]


def test_only_of_several_is_one_chosen() -> None:
    one, several = Role("mayor", (MARSH,)), Role("governor", (BREEN, NASSER))
    assert listed_holders(answer(one, several)) == [BREEN, NASSER]
