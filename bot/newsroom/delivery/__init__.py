"""Share claims, keep posted messages current, and handle the jobs that do not need Slack."""
