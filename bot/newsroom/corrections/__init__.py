"""Corrections of claims and articles."""
