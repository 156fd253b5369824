"""The query language: parse a typed text into a Query, and write a Query as text."""
