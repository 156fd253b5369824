"""Answers: the command, form, shortcuts and talk that ask, and all that is under a claim."""
