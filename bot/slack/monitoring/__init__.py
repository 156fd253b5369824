"""What is counted and checked about Slack."""
