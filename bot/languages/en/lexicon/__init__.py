"""Words of English by what they are: pronouns, titles, cue verbs, negations, months and more."""
