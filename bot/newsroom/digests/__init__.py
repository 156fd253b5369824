"""The daily digest: its settings, its contents and its delivery."""
