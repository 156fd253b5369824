"""When a watch may tell what it has found. Pure."""
