"""Corrections of claims: suggested, decided and told."""
