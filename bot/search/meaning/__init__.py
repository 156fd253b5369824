"""Search by meaning: vectors of claims, and the model that makes them."""
