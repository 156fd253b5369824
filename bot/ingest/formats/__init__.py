"""The formats that are read, a file or folder each, and their table."""
