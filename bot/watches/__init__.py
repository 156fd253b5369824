"""When a watch may send an alert. Pure."""
