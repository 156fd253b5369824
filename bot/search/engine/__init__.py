"""The index of claims in Tantivy. Nothing else imports it."""
