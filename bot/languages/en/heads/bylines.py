"""Patterns for headlines, bylines and notices above a story, and for a paywall below its start."""

import re

from bot.languages.lookup import LISTS, last_word, words_in

BYLINE = re.compile(
    r"(?:(?:words?|text|story|report(?:ing|ed)?|written|interview|analysis|column|comment|opinion"
    r"|review|compiled|posted|published|filed|produced)\s+by|by|von|par|por)\b[:\s]\s*(?P<who>.+)|words\s*:\s*(?P<words>.+)"
    r"|from\s+(?P<from>our\b.+|.+\s+in\s+.+)",
    re.IGNORECASE,
)
NAME_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and\b|&)|\band\b|&|\bwith\b|,)\s*", re.IGNORECASE)
TRAILING_PLACE = re.compile(r"\s+(?:in|at|for|from)\s+(?=[^\W\d_a-z]|the\b).*?(?=\s+and\s|\s*&|$)")
NAME_PARTICLES = "al bin da das de del della der di dos du el ibn la le ten ter van von y zu"
ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]\.(?:[A-Za-z]\.)+|\b(?:inc|ltd|corp|co|jr|sr|etc|plc|st)\.)$", re.IGNORECASE
)
_UNFINISHED = LISTS["unfinished_endings"] | LISTS["unfinished_line_endings"]
OUTLET_ENDINGS = LISTS["outlet_endings"] | LISTS["outlets"]
_NOTICES = LISTS["notices"]
_NOTICE_STARTS = tuple(LISTS["notice_starts"])
_NOTICE_LABELS = LISTS["notice_labels"]
_NOTICE = re.compile(
    r"[(\[].*[)\]]|<!--.*-->|(?:https?://|www\.)\S+|\S+@\S+|©.*|\(c\).*"
    r"|(?:page|part|draft|version|chapter|story|item|take)\s+[\divx]+(?:\s+of\s+\d+)?|\d+\s+words\b"
    r"|vol(?:ume)?\.?\s*\d.*|issue\s+(?:no\.?\s*)?\d.*"
    r"|\d+(?:st|nd|rd|th) (?:lead|ld|add|take|update)\b.*|[-=_*~]{3,}.*"
    r"|\d+[a-z]?,? (?:\w+ ){1,3}(?:street|road|lane|avenue|square|quay|drive|way)\b(?:,.*)?"
    r"|.{2,40}\D,\d{3,5}",  # a wire's slug: "AM-Ferry Late,0412"
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


def is_unfinished(line: str) -> bool:
    """Whether the sentence of a line goes on in the next one."""
    return line.endswith(tuple(",:;&/–—-")) or last_word(line) in _UNFINISHED


def is_notice(line: str) -> bool:
    """Whether a line says something about the text below, not of it: "Embargoed until noon"."""
    words = " ".join(words_in(line))
    has_label = " ".join(words_in(line.partition(":")[0])) in _NOTICE_LABELS and ":" in line
    return bool(
        words in _NOTICES
        or words.startswith(_NOTICE_STARTS)
        or has_label
        or _NOTICE.fullmatch(line)
    )
