"""The tables of speakers' names, their roles and the rulings on names, and speakers' claims."""
