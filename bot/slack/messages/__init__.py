"""Slack as the transport of the outbox: render, post, update and look up messages."""
