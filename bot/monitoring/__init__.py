"""What operators see: metrics, readiness, the log, and error reports."""
