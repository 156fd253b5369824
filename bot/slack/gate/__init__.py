"""Deduplicate and authorise each delivery, and track it until it is handled."""
