"""Speakers: /speaker, and the modals to merge and split names."""
