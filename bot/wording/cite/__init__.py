"""A claim as a sentence that can be printed."""
