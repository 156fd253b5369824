"""Words so common that sharing them tells little, as data."""

from __future__ import annotations

_WORDS = """
able add answer ask bad become begin believe best better big bring call change come continue country
day early end expect far feel find first follow full get give go good government great happen have
hear help hold home idea important include issue job keep kind know large last late leave let life
like little live long look lot make man matter mean member minister moment money month morning move
national need new next night number offer official old open own part pay people person place plan
play point president problem put question real reason receive report right run same see seem
set show side small start state story sure take talk tell thing think time today tomorrow try turn
understand use very wait want watch way week well whole woman word work world write year yesterday
young
"""
COMMON = frozenset(_WORDS.split())
