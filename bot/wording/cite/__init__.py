"""A claim as a sentence that can be printed, and what makes one."""
