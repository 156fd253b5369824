"""Decides which claims report one statement, and which deny it. No I/O."""
