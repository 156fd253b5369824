"""What people say of claims and articles, laid over what was found. Pure."""
