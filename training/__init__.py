"""Training of the tagger; not part of what is installed."""
