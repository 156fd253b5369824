"""Take articles in, read them, show them and take them out."""
