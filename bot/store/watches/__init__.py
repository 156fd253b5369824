"""The tables of watches and their alerts."""
