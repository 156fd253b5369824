"""What every delivery from Slack passes first: access, once, in flight."""
