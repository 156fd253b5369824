"""How claims are put into words, for every surface alike: who said it and the passage they stand
in."""
