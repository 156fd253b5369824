"""Words that may say the same, as data: enough to find a claim by, not to call two claims one."""

from __future__ import annotations

_SETS = """
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
missing lost | quit resign leave | start begin open | die dead
"""
SENSES: tuple[tuple[str, ...], ...] = tuple(
    tuple(group.split())
    for line in _SETS.splitlines()
    for group in line.split("|")
    if group.strip()
)
"""Sets of words of one sense, beside those of synonyms.py."""
