"""Words that say the opposite of others, as data."""

from __future__ import annotations

_PAIRS = """
open closed | open shut | safe dangerous | safe hazardous | true false | alive dead | full empty
rise fall | rise drop | rise decline | increase decrease | increase fall | grow shrink | gain lose
win lose | succeed fail | accept reject | accept refuse | allow ban | allow forbid | allow prohibit
permit ban | legal illegal | guilty innocent | present absent | early late | begin end
start stop | stay leave | keep scrap | enough short | public secret | sober drunk | wet dry
voluntary forced | cheap expensive | strong weak | hot cold | clean dirty | clean polluted
approve reject | support oppose | arrive leave | hire fire | buy sell | find lose | remember forget
include exclude | include omit | better worse | higher lower
intact broken | intact damaged | healthy sick | healthy ill | awake asleep
"""
OPPOSITE_PAIRS: tuple[tuple[str, str], ...] = tuple(
    (pair.split()[0], pair.split()[1]) for line in _PAIRS.splitlines() for pair in line.split("|")
    if pair.strip()
)  # fmt: skip
"""Whoever says one of a thing says that it is not the other."""

_SETS = """
upper lower | north south east west northern southern eastern western | left right | old new
first second third fourth last next | male female | men women man woman boy girl boys girls
inner outer | morning afternoon evening night | spring summer autumn winter | red blue green yellow
white black | front back | father mother | son daughter | brother sister | husband wife
"""
CONTRAST_GROUPS: dict[str, int] = {
    word: number
    for number, group in enumerate(
        group for line in _SETS.splitlines() for group in line.split("|")
    )
    for word in group.split()
}
"""Words of one number tell things apart: what is said of one is not said of another."""
