"""Whom "he", "she" and "they" mean."""
