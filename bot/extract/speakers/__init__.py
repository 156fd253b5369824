"""Resolve the source of an attribution to a speaker: names, roles, pronouns and descriptions."""
