"""Feeds: /feed and the messages to owners."""
