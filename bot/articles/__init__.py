"""Decides which article a document belongs to, who may change it, and what happens to it. No
I/O."""
