"""English patterns that wording/ uses to decide how to show a claim."""
