"""The output of commands: JSON lines, and text for people."""
