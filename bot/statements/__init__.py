"""Which claims report one statement, and which deny it. Pure."""
