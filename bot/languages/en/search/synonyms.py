"""Synonyms for events, because a denial may not use the words of the claim."""

from bot.languages.en.lexicon.lists import word_groups

_GROUPS = """
give hand issue provide supply distribute deliver | kill die death | shut close closure
begin start | buy purchase | hide conceal | assault attack | happen occur | stop halt cease
build construct | pledge promise vow | inform notify tell | allow permit | prisoner inmate detainee
ship boat vessel trawler | firm company | employee worker staff | customer client
plant factory | car vehicle | pupil student schoolchild | soldier troop | cop police
money cash fund | fix repair mend | sack fire dismiss | bar ban | fault defect | strike hit
poll ballot vote | doctor physician | fake forge | smash break | choose pick | child kid
wage salary pay | lawyer attorney | answer reply respond | get receive obtain | film movie
increase rise | fall drop decline | garbage rubbish trash | evict eject
examine inspect check | search raid | jail imprison | injure hurt wound | quit resign
steal rob | shout yell scream | threaten menace
cancel scrap axe
expel exclude | dump discard | bury inter | poison contaminate
"""
SYNONYM_GROUPS = word_groups(_GROUPS)
"""Groups of synonyms."""
