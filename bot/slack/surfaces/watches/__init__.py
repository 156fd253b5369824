"""Watches: /watch, alerts and the modal."""
