"""Names of places that look like people's names."""

from pathlib import Path

from bot.languages.en.lexicon.lists import load_phrases

_LISTS = load_phrases(Path(__file__).with_name("places.yml"))
PLACES = _LISTS["places"]
ABBREVIATED = _LISTS["abbreviated"]
"""States and provinces, without the full stop at the end: "Calif" for "Calif."."""
