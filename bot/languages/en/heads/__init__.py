"""English patterns that ingest/head/ uses to read the lines above a story."""
