"""Percolation: which of many queries a new claim answers."""
