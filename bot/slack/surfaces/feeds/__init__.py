"""Feeds: /feed and what owners hear."""
