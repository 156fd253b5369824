"""What waits to be posted, and the jobs that do it."""
