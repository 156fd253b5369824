"""English word classes: pronouns, titles, cue verbs, negations, months and more."""
