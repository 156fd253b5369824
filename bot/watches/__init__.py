"""Decides when a watch may send an alert. No I/O."""
