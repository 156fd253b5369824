"""Extract claims: `Extractor.extract(Article) -> Extraction`.

paragraphs → tagger (decoding) → repair, doubts → chains, open quotes → speakers, stance, dates →
unattributed sentences
"""
