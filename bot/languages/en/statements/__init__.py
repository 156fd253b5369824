"""Words and patterns of English by which statements/ tells what denies and what repeats a claim."""
