"""The daily digest: its command, settings, messages and menus."""
