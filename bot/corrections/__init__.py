"""Apply people's corrections to extracted claims and articles. No I/O."""
