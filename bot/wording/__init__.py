"""Wording shared by every surface: who said a claim, its passage, answers and digests."""
