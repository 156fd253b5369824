"""Claimdesk in Slack: commands, buttons, digests."""
