"""English words for parsing questions, and for finding and comparing claims."""
