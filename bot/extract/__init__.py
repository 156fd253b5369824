"""Article in, claims out: `Extractor.extract(Article) -> Extraction`.

passages → tagger (decoding) → repair, doubts → chains, open quotes → speakers, stance, dates →
statements
"""
