"""Translate questions into queries of the query language, by rules. Pure.

The rules are of English. What a question means depends on the speakers that the archive knows, so
the caller passes an `ArchiveLookup`.
"""

from __future__ import annotations

from bot.questions.english import parse_question
from bot.questions.question import ArchiveLookup, Question

__all__ = ["ArchiveLookup", "Question", "parse_question"]
