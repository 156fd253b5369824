"""Words close enough in meaning to find a claim, but not to show that two claims are the same."""

from bot.languages.en.lexicon.lists import word_groups

_GROUPS = """
danger risk hazard threat | dangerous risky unsafe harmful | quit resign leave depart
sack fire dismiss oust suspend | layoff redundancy | arrest detain custody charge
cost price bill | pay wage salary earnings | pay cost | pay fund finance
money cash fund sum grant | expense cost spend | kid child baby | parent mother father family
eat food meal | sick ill unwell illness disease | hurt injured harm wounded casualty
dead die death kill victim drown | find discover detect uncover | learn hear discover know find
know aware | angry anger furious fury | sorry apologise apology regret
happy glad pleased delighted | worry fear concern afraid frightened scared
hope optimistic confident | expect predict forecast | think believe view opinion
blame fault responsible accuse | cause reason | lie false untrue mislead
deny reject dispute contradict | proof prove evidence confirm | agree accept approve back support
refuse decline | help aid assist assistance | stop halt prevent block | start begin launch open
end finish conclude last | delay wait postpone late | cancel scrap abandon | close shut closure
move relocate shift transfer | split break divide | win victory beat winner | beat defeat
game match | fan supporter | score goal | sell sale | buy purchase acquisition takeover bid
boss chief head director manager executive leader chair | worker staff employee
strike walkout stoppage | train rail railway | metro subway underground | tram streetcar
traffic queue jam congestion | ship boat vessel carrier | port harbour dock quay
sink founder capsize | crash collision collide hit strike | stranded aground grounding
rescue save pull | fire blaze wildfire burn | flood flooding | leak spill discharge
pollute contaminate pollution contamination poison | chemical substance | test sample measure
hospital infirmary clinic | doctor physician surgeon medic consultant | court trial hearing
convict guilty | jail prison imprison sentence | steal theft take rob
lawyer solicitor barrister attorney counsel | police officer cop detective
vote ballot poll election | law legislation act bill | tax levy | raise rise hike increase
cut reduce reduction fall drop | warning alert caution | tell inform notify
letter e-mail email message note | phone telephone ring call
talk discuss speak negotiation meeting | meet meeting | deal agreement contract accord
plan intend propose proposal scheme | hide conceal hidden secret unpublished
record log document file | report study review research paper | number figure total count toll
stay remain keep continue | return reopen resume | become happen
promise pledge vow guarantee assurance | refund repay recover reimburse compensation
claim allegation allege | fake forge forgery false | real genuine true | mistake error wrong
pressure urge press lean push | want seek demand ask | name identify identity
flee evacuate leave | inquiry probe investigation investigate review inquest
row dispute quarrel argument clash | quake earthquake | flat apartment
petrol gasoline fuel diesel | plane aircraft jet | job post position work | migrant refugee
sanction penalty fine | council authority | mum mother | dad father | gun weapon
expensive costly | toxic poisonous | missing lost vanish disappear
house home builder developer housing | reveal expose disclose leak | owner own operator
trust charity | school class education | pupil student child | teach teacher
resident neighbour local villager | road street highway route | storm gale wind weather
insult attack criticise criticism | strip lose | influence sway affect | clear cleared acquit
trader dealer broker analyst economist | crown currency | ledger book account
gift donation donor | cheat fraud swindle | shortage lack | failure fault defect break
vaccine jab | drug medicine | attack assault | bomb explosion blast | soldier troop | war conflict
border frontier | farm farmer | crop harvest grain wheat barley | shop store
customer client passenger | ban bar forbid prohibit | permit licence allow | search hunt look
body corpse dead | old elderly age | young youth teenager | big large huge great | small little
quick fast rapid soon
"""
SENSE_GROUPS = word_groups(_GROUPS)
"""Groups of words with a similar sense, in addition to synonyms.py."""
