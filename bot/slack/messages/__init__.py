"""What is posted in Slack: how, when, and whether it stands there."""
