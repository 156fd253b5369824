"""How a text is divided: sentences and quotations, by rules."""
