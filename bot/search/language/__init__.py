"""The query language: a person's text in, a Query out, and back."""
