"""Words that change what a clause asserts: doubt, duty, time, quantity."""

DOUBT_WORDS = frozenset(("may", "might", "perhaps", "possible", "possibly", "probable", "probably"))
MODALS = frozenset(("should", "ought", "must", "need", "want", "hope"))
PAST_AUXILIARIES = frozenset(("had", "did", "was", "were", "has", "have"))
UNIVERSAL_WORDS = frozenset(("every", "all", "each", "never", "always"))
