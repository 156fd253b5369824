"""The tables of speakers' names, and what speakers said."""
