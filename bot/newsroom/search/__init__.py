"""Find claims and show them with their context."""
