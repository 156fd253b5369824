"""Words so common that sharing them tells little, as data."""

from __future__ import annotations

_WORDS = """
able ask bad become begin big bring come country day find get give go good great happen have help
hold important keep kind know large last leave let like little long look lot make man matter mean
month move need new number part people person place point put question right run see seem set show
small start state take talk tell thing think time try turn use very want way week well woman work
world year
"""
COMMON = frozenset(_WORDS.split())
