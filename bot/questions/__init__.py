"""Translate questions into queries of the query language, by rules. Pure.

The rules are of English. What a question means depends on the speakers that the archive knows, so
the caller passes an `Archive`.
"""

from __future__ import annotations

from bot.questions.english import read
from bot.questions.question import Archive, Question

__all__ = ["Archive", "Question", "read"]
