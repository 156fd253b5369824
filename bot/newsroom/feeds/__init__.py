"""Poll feeds and fetch pages."""
