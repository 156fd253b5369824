"""Apply people's corrections to claims and articles as they were extracted. Pure."""
