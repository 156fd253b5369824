"""Speakers: their profiles, roles and names."""
