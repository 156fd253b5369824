"""The daily digest: its command, settings, message and what it opens."""
