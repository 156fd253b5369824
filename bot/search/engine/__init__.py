"""The index of claims."""
