"""English: its words as data, and the patterns that its grammar needs, a file for each subject."""
