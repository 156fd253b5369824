"""Article in, claims out: `Extractor.extract(Article) -> Extraction`.

passages → tagger (decoding) → repair, doubts → chains, open quotes → speakers, stance, dates →
statements
"""

from __future__ import annotations

from bot.extract.extractor import Extractor

__all__ = ["Extractor"]
