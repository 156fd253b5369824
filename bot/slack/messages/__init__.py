"""Slack as the transport of the outbox: messages are made, posted, updated and looked for."""
