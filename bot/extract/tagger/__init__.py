"""The trained tagger: text in, labels, spans and links out."""
