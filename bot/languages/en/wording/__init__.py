"""Patterns of English by which wording/ tells what a claim says by itself, and how to put it."""
