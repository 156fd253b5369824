"""Group the printed names of each speaker, and apply users' rulings on names. No side effects."""
