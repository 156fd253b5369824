"""The language, sentences, quotations and negations of a text, found by rules."""
