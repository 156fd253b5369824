"""Speakers: /speaker, and the modals about names."""
