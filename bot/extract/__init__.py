"""Article in, claims out: `Extractor.extract(Article) -> Extraction`.

paragraphs → tagger (decoding) → repair, doubts → chains, open quotes → speakers, stance, dates →
unattributed sentences
"""

from __future__ import annotations

from bot.extract.extractor import Extractor

__all__ = ["Extractor"]
