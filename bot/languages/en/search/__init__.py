"""Words of English by which questions are read, and claims found and compared."""
