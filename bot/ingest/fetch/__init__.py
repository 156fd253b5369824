"""The only access to the network for articles."""
