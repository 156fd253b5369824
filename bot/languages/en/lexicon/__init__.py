"""The words of English by what they are: pronouns, titles, verbs, negations, months and more."""
