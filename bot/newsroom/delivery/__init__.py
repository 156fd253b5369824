"""Sharing claims, what posted messages should show by now, and what does the jobs without Slack."""
