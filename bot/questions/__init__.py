"""Translate questions into queries of the query language, by rules. Pure."""

from __future__ import annotations

from bot.questions.english import parse_question
from bot.questions.question import ArchiveLookup, Question

__all__ = ["ArchiveLookup", "Question", "parse_question"]
