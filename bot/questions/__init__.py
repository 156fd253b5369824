"""Translate questions into queries of the query language, by rules. Pure.

The rules are for English. The meaning of a question depends on the speakers in the archive, so the
caller passes an `ArchiveLookup`.
"""

from __future__ import annotations

from bot.questions.english import parse_question
from bot.questions.question import ArchiveLookup, Question

__all__ = ["ArchiveLookup", "Question", "parse_question"]
