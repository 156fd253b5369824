"""Claimdesk: who said what, in Slack."""

__version__ = "0.1.0"
