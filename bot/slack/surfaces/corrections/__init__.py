"""Corrections of claims: suggesting and deciding."""
