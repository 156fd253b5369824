"""Patterns for lines above a story that are not part of it: embargoes, credits, addresses."""

import re

NOTICE = re.compile(
    r"(?:strictly\s+|under\s+(?:strict\s+)?)?embargo(?:ed)?\b.*"
    r"|not for (?:release|publication|use)\b.*"
    r"|(?:press|news|media) release|hold (?:for|until)\b.*|for use (?:from|after)\b.*"
    r"|for (?:immediate |general )?release\b.*"
    r"|[(\[].*[)\]]|<!--.*-->|(?:https?://|www\.)\S+|\S+@\S+|©.*|\(c\).*|copyright\b.*"
    r"|(?:photos?|photographs?|pictures?|images?|illustrations?|graphics?)\s*(?:by\b|:).*"
    r"|(?:page|part|draft|version|chapter|story|item|take)\s+[\divx]+(?:\s+of\s+\d+)?|\d+\s+words\b|ends?"
    r"|vol(?:ume)?\.?\s*\d.*|issue\s+(?:no\.?\s*)?\d.*"
    r"|(?:correction|clarification|disclaimer|note)\s*:.*\."
    r"|\d+(?:st|nd|rd|th) (?:lead|ld|add|take|update)\b.*|letters? to the editor|[-=_*~]{3,}.*"
    r"|\d+[a-z]?,? (?:\w+ ){1,3}(?:street|road|lane|avenue|square|quay|drive|way)\b(?:,.*)?"
    r"|.{2,40}\D,\d{3,5}"  # a wire's slug: "AM-Ferry Late,0412"
    r"|note to (?:editors?|readers?|subs)\b.*|editor['’]?s['’]? note\b.*|eds\s*:.*",
    re.IGNORECASE,
)
REPLY_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
