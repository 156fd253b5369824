"""Words that make a clause another one: doubt, duty, time, all of something."""

from __future__ import annotations

DOUBTS = frozenset(("may", "might", "perhaps", "possible", "possibly", "probable", "probably"))
MODALS = frozenset(("should", "ought", "must", "need", "want", "hope"))
PAST = frozenset(("had", "did", "was", "were", "has", "have"))
EACH = frozenset(("every", "all", "each", "never", "always"))
