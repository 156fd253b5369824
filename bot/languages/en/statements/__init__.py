"""English words and patterns that statements/ uses to find denials and repetitions of claims."""
