"""Who says it, as the subject of a sentence. Pure."""

from __future__ import annotations

import re

from bot.model import Claim
from bot.wording.cite.clarity import FIRST_PERSON
from bot.wording.cite.parts import STOPS, UNFINISHED
from bot.wording.role import LEADING_ARTICLE, NOT_THEMSELVES
from bot.wording.runs import Run, Runs
from bot.wording.who import is_body, is_of_the_name, name_of

# Words that send a reader to look for whom they mean.
POINTS = re.compile(
    r"\b(?:its|his|hers?|their|our|my|your|he|him|she|they|them|it|i|we|us|me|you|this|that"
    r"|these|those)\b|^(?:who|which|all|some|many|both|one|others?|none|each|another|most|few"
    r"|several|two|three|four|[\w.]+ per ?cent|the (?:other|latter|former|two))$",
    re.IGNORECASE,
)
LISTS = re.compile(r"^[^,]*\s(?:and|or)\s[^,]*$", re.IGNORECASE)
ONCE = re.compile(r"(?:Former|Retired|The|A|An)\s")
OWNS = re.compile(r"[’']s?$")
RELATIVE = re.compile(
    r"\b(?:that|which|who|whose|and (?:his|her|its|their)|this week)\b.*", re.IGNORECASE | re.DOTALL
)
# Behind a name: what says who somebody is. "Council's chairman" has lost its article.
INTRODUCES = re.compile(r",\s(?![a-z]\S*[’']s\s|\w+ed\b).+", re.DOTALL)


def subject(claim: Claim, printed: str, introduction: str | None = None) -> Runs | None:
    """Who says a claim, in strong letters, with what the article prints beside the name; None where
    it takes other words to know who is meant ("his solicitor").

    `introduction` is the name with what the article says of them elsewhere.
    """
    name = name_of(claim) or ""
    if NOT_THEMSELVES.search(printed) or is_pointed_at(claim, printed):
        return None
    found = LEADING_ARTICLE.match(name)
    bare = name[found.end() :] if found else name
    at = printed.casefold().find(bare.casefold())
    if at >= 0 and not _points(printed):
        if UNFINISHED.search(printed) or OWNS.search(printed):
            return None
        if claim.source_kind != "named" or not is_of_the_name(printed, name):
            described, comma, behind = printed.rstrip(STOPS).partition(",")
            if LISTS.search(behind):
                return (Run(printed.rstrip(STOPS), strong=True),)
            return _beside("", described, f"{comma}{behind}")
        end, before = at + len(bare), printed[:at]
        if before.strip() or printed[end:].strip(STOPS):
            return _beside(before, printed[at:end], printed[end:])
    if introduced := introduction and _introduced(introduction, claim):
        return introduced
    if at >= 0 and not _points(printed):
        return (Run(printed.rstrip(STOPS), strong=True),)
    is_nobody = not name or _points(name) or FIRST_PERSON.search(printed)
    return None if is_nobody else (Run(name, strong=True),)


def is_pointed_at(claim: Claim, printed: str) -> bool:
    """Whether a source was told of before and is not named: "the person", "the spokeswoman"."""
    is_bare = re.fullmatch(r"the\s+[\w-]+(?:\s+[\w-]+)?", printed, re.IGNORECASE)
    is_unnamed = claim.source_kind in ("described", "unnamed")
    return bool(is_bare) and is_unnamed and not is_body(printed)


def closed(who: Runs) -> Runs:
    """Who says it, with the comma that closes what stands beside a name."""
    beside = (run.text for run in who if not run.strong)
    return (*who, Run(",")) if "," in "".join(beside) else who


def _points(who: str) -> bool:
    return bool(POINTS.search(RELATIVE.sub("", who).strip(STOPS) or who))


def _introduced(introduction: str, claim: Claim) -> Runs | None:
    for name in filter(None, (claim.known_as, claim.speaker)):
        before, found, behind = introduction.partition(name)
        is_role = not behind or (INTRODUCES.fullmatch(behind) and not POINTS.search(behind))
        if found and is_role and " and " not in before:
            return _beside(before, name, behind)
    return None


def _beside(before: str, name: str, behind: str) -> Runs:
    """A name with what stands beside it, as far as that needs no other sentence to be read."""
    before, behind = ("" if _points(one) else one for one in (before, behind))
    if LEADING_ARTICLE.fullmatch(before):
        before, name = "", f"{before}{name}"
    if found := re.match(r"(?:\s+[A-Z]\w+)+", behind):  # "Brackenholt Hospitals Trust"
        name, behind = f"{name}{found[0]}", behind[found.end() :]
    if ONCE.match(before):  # it need not stand at the beginning of its sentence here
        before = f"{before[0].lower()}{before[1:]}"
    runs = (Run(before), Run(name, strong=True), Run(behind.rstrip(STOPS)))
    return tuple(run for run in runs if run.text)
