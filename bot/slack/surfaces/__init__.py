"""What people see and press in Slack: a folder for each surface."""
