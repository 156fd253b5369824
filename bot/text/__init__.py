"""Find the language, sentences, quotations and negations of a text by rules."""
