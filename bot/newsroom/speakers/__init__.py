"""Who speakers are, and which names are theirs."""
