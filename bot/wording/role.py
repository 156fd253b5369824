"""What an article prints beside a name: a title, and what its person is. Pure."""

from __future__ import annotations

import re

from bot.model import PIECE_SEPARATOR
from bot.text.negation import NEGATIVE

LEADING_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"^(?:its|his|her|their|our|my)\s+", re.IGNORECASE)
# Whoever is printed so is not the one who is named: "everybody except Hallas", "an actor playing
# Hallas".
NOT_THEMSELVES = re.compile(
    r"\b(?:except|but|save|besides|other than|rather than|instead of|not|posing|playing|imitating"
    r"|impersonating|pretending|calling (?:him|her)self|named after)\b",
    re.IGNORECASE,
)
MOST_ROLE = 90
# Before a name: what makes its person somebody else's ("a spokesman for", "critics of").
OF_ANOTHER = re.compile(
    r"\b(?:for|of|by|to|with|from|against|citing|quoting|nor|and|or|than|like|late|neither|former)$",
    re.IGNORECASE,
)
# "The union official who": what follows belongs to the sentence.
DANGLING = re.compile(r"\s*\b(?:who|which|whose|that)$", re.IGNORECASE)
# Whose it is, only another sentence says: "suspended its president".
OWNED = re.compile(r"\b(?:its|his|her|their|our|my|your)\b", re.IGNORECASE)
OWNER = re.compile(r"^[^,]*\w(?:['’]s|s['’])\s", re.IGNORECASE)
BEHIND_TITLE = re.compile(r"\s(?:of|for|at|in|to|on|with|from)\s")
# Behind a name: what somebody is, and not what they did or how old they are.
IS_ROLE = re.compile(
    r"(?:who (?:is|was|are|were|chairs|leads|led|heads|runs|owns|represents|analys\w+|speaks for)\b"
    r"|which (?:is|was|owns|runs|speaks for|represents)\b|(?!who\b|which\b|whose\b|that\b|\d)).+",
    re.IGNORECASE | re.DOTALL,
)


# Which one somebody is of several says nothing of who they are: "a fourth, Una Marsh".
COUNTED = re.compile(
    r"(?:(?:a|an|the)\s+)?(?:another|others?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latter|former|last)",
    re.IGNORECASE,
)
# A word before a name, alone or behind a role: "Dr", "the investigator, Dame".
BEFORE_NAME = re.compile(r"(?:^|,\s)([^\W\d_a-z][^\W\d_]+\.?\s)$")
COURTESY = re.compile(r"(?:mr|mrs|ms|miss|mx|messrs)\.?\s", re.IGNORECASE)


def title_of(source: str, name: str) -> str:
    """The title that a source prints before a name, with its blank: "Dr ", "Colonel "."""
    before, found, _ = source.partition(name)
    title = BEFORE_NAME.search(before) if found else None
    return title[1] if title and not COURTESY.fullmatch(title[1]) else ""


def role_of(source: str, name: str) -> str | None:
    """What a printed source says beside the name: "harbour master" of "the harbour master Ingrid
    Solvane", "transport minister" of "Corin Hallas, the transport minister,"."""
    before, found, behind = source.partition(name)
    if not found or "\n" in source or PIECE_SEPARATOR in source:
        return None
    before = BEFORE_NAME.sub("", before)
    role = behind.strip(" ,;–—-") if behind.startswith(",") and not before.strip() else ""
    if not role and not behind.strip(" ,"):
        role = before.strip(" ,;–—-")
        if OF_ANOTHER.search(role) or NEGATIVE.search(role):
            return None
    role = _without_article(DANGLING.sub("", role))
    if OWNED.search(role) or COUNTED.fullmatch(role):
        return None
    return role if 3 < len(role) <= MOST_ROLE and IS_ROLE.fullmatch(role) else None


def introduced(name: str, role: str) -> str:
    """A name with a role as articles print the two: "Governor Ines Breen", "Ines Breen, governor of
    the central bank"."""
    if OWNER.search(role):
        return f"{name}, the {role}" if role[0].islower() else f"{name}, {role}"
    is_title = role[0].isupper() and not BEHIND_TITLE.search(role)
    return f"{role} {name}" if is_title else f"{name}, {role}"


def _without_article(role: str) -> str:
    """A role as it stands behind a name: "harbour master", but "the regulator's deputy"."""
    bare = POSSESSIVE.sub("", LEADING_ARTICLE.sub("", role))
    return f"the {bare}" if bare != role and OWNER.search(bare) else bare
