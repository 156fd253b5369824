"""Words by which a sentence of the article itself can be checked, or cannot."""

from __future__ import annotations

from bot.languages.en.lexicon.lists import listed

NUMBERS = listed("numbers")
TIMES = listed("times")
POSSIBLE = listed("possible")
JUDGING = listed("judging")
IMPERATIVES = listed("imperatives")
