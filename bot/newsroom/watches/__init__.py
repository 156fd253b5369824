"""Watches: settings, matching and alerts."""
