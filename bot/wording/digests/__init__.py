"""The words of the daily digest."""
