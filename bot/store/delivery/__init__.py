"""The tables of what is posted, and of the jobs that do it."""
