"""The embedded index: Tantivy on the local disk."""
