"""Questions: what a person asks, read by rules as queries of the query language. Pure.

The rules are of English. What a question means depends on who is known to speak: whoever calls says
so.
"""

from __future__ import annotations

from bot.questions.english import read
from bot.questions.question import Known, Question

__all__ = ["Known", "Question", "read"]
