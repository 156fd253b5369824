"""The words before a cue that say that something was not said."""

from __future__ import annotations

import re

from bot.model import Span, Spans

NEGATIVE = re.compile(
    r"\b(?:(?:do|does|did|has|have|had|is|are|was|were|would|will|could|can)(?: not|n[’']t)|cannot"
    r"|won[’']t|never|(?:declin|refus)(?:e[sd]?|ing)(?: to)?|fail(?:s|ed|ing)? to|yet to|no comment"
    r"|without|neither|nor(?: (?:do|does|did|has|have|had|would|will|could|can))?"
    r"|unable to|unwilling to|stop(?:s|ped|ping)? short of|refrain(?:s|ed|ing)? from)\b",
    re.IGNORECASE,
)
"""What before a cue's verb says that it was not said."""
LESSENED = re.compile(r"\b(?:no longer|hardly|barely|scarcely)\s+$", re.IGNORECASE)
"""What before a cue's verb takes nearly all of it back."""

BEFORE = 40  # characters before the cue in which "did not" may stand
CLAUSE = re.compile(r"[^,;:.?!\n“”\"]*$")
# Between "did not" and its verb: "immediately", "want to". "Those who did not vote said" has more.
UNTIL_VERB = re.compile(r"(?:\s+(?:\w+ly|yet|ever|even|so far|again|been|be|\w+ to|to))*\s*")


def with_negation(text: str, cue: Spans, source: Spans, start: int) -> Spans:
    """A cue with the words before it that negate it, but for the source among them; `start` is
    where its paragraph begins."""
    if not cue:
        return cue
    first = cue[0][0]
    begins = max(start, first - BEFORE)
    blanked = _blanked(text, (begins, first), source)
    clause = CLAUSE.search(blanked)
    at = clause.start() if clause else 0
    lessened = LESSENED.search(blanked)
    negations = NEGATIVE.finditer(blanked, at)
    found = next((n for n in negations if UNTIL_VERB.fullmatch(blanked, n.end())), lessened)
    if found is None:
        return cue
    return (*_without(((begins + found.start(), first),), source, text), *cue)


def _blanked(text: str, span: Span, source: Spans) -> str:
    """A stretch of a text with blanks in place of the source."""
    out = text[slice(*span)]
    for start, end in source:
        low, high = max(start, span[0]) - span[0], min(end, span[1]) - span[0]
        if low < high:
            out = out[:low] + " " * (high - low) + out[high:]
    return out


def _without(spans: Spans, source: Spans, text: str) -> Spans:
    """Spans without what they share with the source, and without blanks at their ends."""
    for start, end in source:
        cut = [((s, min(e, start)), (max(s, end), e)) for s, e in spans]
        spans = tuple(part for parts in cut for part in dict.fromkeys(parts) if part[0] < part[1])
    trimmed = []
    for start, end in spans:
        words = text[start:end]
        low = start + len(words) - len(words.lstrip())
        high = end - (len(words) - len(words.rstrip()))
        if low < high:
            trimmed.append((low, high))
    return tuple(trimmed)
