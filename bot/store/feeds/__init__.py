"""The tables of feeds, and of the hosts that they are fetched from."""
