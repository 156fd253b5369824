"""Words of one family that share no stem, as data: what is asked by one is told by another."""

from __future__ import annotations

_SETS = """
die death dead | lose loss | deny denial | sell sale | choose choice | decide decision
fly flight | grow growth | know knowledge | speak speech | think thought | see sight
live life alive | apologise apologize apology sorry | advise advice | believe belief | prove proof
receive receipt | agree agreement | fail failure | close closure | depart departure
arrive arrival | refuse refusal | approve approval | propose proposal | remove removal
survive survivor survival | try trial | complain complaint | pay payment | marry marriage
destroy destruction | produce product production | explain explanation | receive reception
attend attendance | injure injury | safe safety | strong strength | long length | high height
wide width | deep depth | poor poverty | hot heat | free freedom | angry anger | proud pride
ill illness sick sickness | old age aged | young youth | certain certainty | likely likelihood
guilty guilt | able ability | weigh weight | serve service | steal theft thief | rob robbery
arrest custody | admit admission | permit permission | expand expansion | extend extension
divide division | describe description | inspect inspection | resign resignation
appoint appointment | warn warning | accuse accusation | suspect suspicion | respond response
defend defence defense | oppose opposition opponent | pursue pursuit | vote ballot poll
elect election | compensate compensation | fund funding | begin beginning start | cost price worth
many number | percent share proportion | reopen open | rebuild build | rehire hire | rejoin join
retake take | resume restart | euro euros | pound pounds | crown crowns | dollar dollars
"""
_SENSES = """
port harbour | train rail railway | metro subway underground | tram streetcar
fire blaze wildfire | boss chief head director | strike walkout stoppage
inquiry probe investigation review | leak spill | crash collision
takeover purchase acquisition buy | layoff redundancy | evidence proof | flood flooding
hospital infirmary | row dispute quarrel | quake earthquake | email e-mail message
aid help assistance | flat apartment | petrol gasoline fuel | injured hurt wounded | rescue save
cause reason | plane aircraft jet | law legislation act bill | raise hike increase
job post position | cash money | talks negotiations | migrant refugee | sanction penalty
cut reduce reduction | warning alert | lawyer solicitor barrister | council authority
blame fault responsible | mum mother | dad father | phone telephone ring call | letter e-mail
drown die | gun weapon | hide conceal | expensive costly | toxic poisonous | closed shut
missing lost | quit resign leave | start begin open
"""


def _cut(sets: str) -> tuple[tuple[str, ...], ...]:
    groups = (group for line in sets.splitlines() for group in line.split("|"))
    return tuple(tuple(group.split()) for group in groups if group.strip())


FAMILIES = _cut(_SETS)
"""Sets of words of one family."""
SENSES = _cut(_SENSES)
"""Sets of words that may say the same: enough to find a claim by, not to call two claims one."""
