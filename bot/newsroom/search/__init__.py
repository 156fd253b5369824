"""Find claims, show them, and say where else they stand."""
