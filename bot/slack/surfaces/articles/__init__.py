"""Articles: /article, withdrawal, corrections and unfurled links."""
