"""What people see and press in Slack, a room a surface."""
