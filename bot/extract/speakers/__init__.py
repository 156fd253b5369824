"""Who is behind a source: names, roles, pronouns and descriptions."""
