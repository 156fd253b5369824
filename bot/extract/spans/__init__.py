"""Turn tagged spans into attributions: repair and link them, and reject those without a claim."""
