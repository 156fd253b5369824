"""The tables of articles and their claims."""
