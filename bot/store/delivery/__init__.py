"""The tables of posted messages, subscriptions and jobs."""
