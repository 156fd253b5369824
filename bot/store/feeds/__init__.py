"""The tables of feeds, and of the hosts that are asked."""
