"""Group the printed names of one speaker, and apply people's rulings on that. Pure."""
