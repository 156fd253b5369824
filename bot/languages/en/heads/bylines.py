"""Patterns for headlines, bylines and notices above a story, and for a paywall below its start."""

import re

BYLINE = re.compile(
    r"(?:(?:words?|text|story|report(?:ing|ed)?|written|interview|analysis|column|comment|opinion"
    r"|review|compiled|posted|published|filed|produced)\s+by|by|von|par|por)\b[:\s]\s*(?P<who>.+)|words\s*:\s*(?P<words>.+)"
    r"|from\s+(?P<from>our\b.+|.+\s+in\s+.+)",
    re.IGNORECASE,
)
OUTLET_OR_ROLE_ENDING = re.compile(
    r"\b(?:advertiser|agency|argus|broadcasting|bulletin|chronicle|citizen|courier|daily|dispatch"
    r"|echo|enquirer|examiner|express|gazette|globe|guardian|herald|independent|inquirer|journal|ledger"
    r"|mail|mercury|mirror|newspapers?|news|newswire|observer|post|press|radio|sentinel|standard|telegraph|times"
    r"|tribune|weekly|wire|correspondents?|reporters?|editors?|writers?|columnists?|staff|bureau|desk"
    r"|association|authority|council|department|foundation|institute|ministry|university)$",
    re.IGNORECASE,
)
NAME_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and\b|&)|\band\b|&|\bwith\b|,)\s*", re.IGNORECASE)
TRAILING_PLACE = re.compile(r"\s+(?:in|at|for|from)\s+(?=[^\W\d_a-z]|the\b).*?(?=\s+and\s|\s*&|$)")
NAME_PARTICLES = "al bin da das de del della der di dos du el ibn la le ten ter van von y zu"
ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]\.(?:[A-Za-z]\.)+|\b(?:inc|ltd|corp|co|jr|sr|etc|plc|st)\.)$", re.IGNORECASE
)
UNFINISHED_ENDING = re.compile(
    r"(?:[,:;&/–—-]|\b(?:a|an|the|of|in|on|at|to|for|from|by|with|as|and|or|but|that|than|after"
    r"|before|over|into|its|his|her|their|is|are|was|were|will|be|who|which|while|above|amid"
    r"|among|against|because|between|despite|during|if|since|under|until|when|without))$",
    re.IGNORECASE,
)
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
# Of lines in lower case: one that asks its reader to join is a paywall if it says what for.
JOINING = re.compile("subscri|sign[ -]?in|sign[ -]?up|log[ -]?in|regist|members|free trial")
PAYWALL = re.compile(
    r"\b(?:continue|keep) reading\b|\bto read (?:on\b|th(?:is|e (?:full|rest|whole))\b)"
    r"|\bunlock th|\bsubscribe (?:now )?(?:to|and) (?:continue|read|unlock)"
    r"|\b(?:for|only to|exclusive to) (?:our |paying |premium )*(?:subscribers|members)\b"
    r"|\barticles? (?:left|remaining)|\breached (?:your|the) (?:\w+ )*limit"
)
REPLY_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
