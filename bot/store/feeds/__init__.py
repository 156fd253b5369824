"""The stored feeds, and the hosts that they are fetched from."""
