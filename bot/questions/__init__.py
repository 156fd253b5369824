"""Questions: what a person asks, read by rules as queries of the query language. Pure.

Each language has a file of its own; there is one, English. What a question means depends on who is
known to speak: whoever calls says so.
"""

from __future__ import annotations

from bot.questions.english import read
from bot.questions.question import Archive, Question

__all__ = ["Archive", "Question", "read"]
