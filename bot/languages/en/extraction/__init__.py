"""English patterns that extract/ uses to find who said what."""
