"""Opposite words."""

from bot.languages.en.lexicon.lists import word_groups

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
OPPOSITE_PAIRS = word_groups(_PAIRS)
"""Pairs of opposites: a claim with one word of a pair denies a claim with the other."""
