"""How commands print: lines of JSON, and for a person."""
