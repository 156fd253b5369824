"""Opposite words, and words that exclude each other."""

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

_GROUPS = """
upper lower | north south east west northern southern eastern western | left right | old new
first second third fourth last next | male female | men women man woman boy girl boys girls
inner outer | morning afternoon evening night | spring summer autumn winter | red blue green yellow
white black | front back | father mother | son daughter | brother sister | husband wife
"""
CONTRAST_GROUPS = {
    word: number for number, group in enumerate(word_groups(_GROUPS)) for word in group
}
"""Maps words to the number of their group. Words of a group exclude each other: north, south."""
