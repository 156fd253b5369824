"""The wording shared by all surfaces: who said a claim, its passage, answers and digests."""
