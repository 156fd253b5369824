"""The speaker as the subject of a sentence. Pure."""

from __future__ import annotations

import re

from bot.languages.table import capitals, clarity, fragments, printed_roles, printed_sources
from bot.model import Claim
from bot.wording.cite.parts import EDGE_PUNCTUATION
from bot.wording.runs import Run, Runs
from bot.wording.who import is_body, is_part_of_name, name_of


def subject(claim: Claim, printed: str, introduction: str | None = None) -> Runs | None:
    """The speaker of a claim in bold, with what the article prints next to the name; None if other
    sentences are needed to know who is meant ("his solicitor").

    `introduction` is the name as the article introduces it elsewhere.
    """
    name = name_of(claim) or ""
    if printed_roles.ANOTHER_PERSON.search(printed) or is_definite_reference(claim, printed):
        return None
    found = printed_roles.LEADING_ARTICLE.match(name)
    bare = name[found.end() :] if found else name
    at = printed.casefold().find(bare.casefold())
    if at >= 0 and not _refers_back(printed):
        if fragments.UNFINISHED_ENDING.search(printed) or capitals.POSSESSIVE_ENDING.search(
            printed
        ):
            return None
        if claim.source_kind != "named" or not is_part_of_name(printed, name):
            described, comma, after = printed.rstrip(EDGE_PUNCTUATION).partition(",")
            if printed_sources.TWO_ITEM_LIST.search(after):
                return (Run(printed.rstrip(EDGE_PUNCTUATION), strong=True),)
            return _beside("", described, f"{comma}{after}")
        end, before = at + len(bare), printed[:at]
        if before.strip() or printed[end:].strip(EDGE_PUNCTUATION):
            return _beside(before, printed[at:end], printed[end:])
    if introduced := introduction and _introduced(introduction, claim):
        return introduced
    if at >= 0 and not _refers_back(printed):
        return (Run(printed.rstrip(EDGE_PUNCTUATION), strong=True),)
    is_nobody = not name or _refers_back(name) or clarity.FIRST_PERSON.search(printed)
    return None if is_nobody else (Run(name, strong=True),)


def is_definite_reference(claim: Claim, printed: str) -> bool:
    """Whether an unnamed source was mentioned before: "the person", "the spokeswoman"."""
    is_bare = printed_sources.DEFINITE_NOUN.fullmatch(printed)
    is_unnamed = claim.source_kind in ("described", "unnamed")
    return bool(is_bare) and is_unnamed and not is_body(printed)


def with_closing_comma(who: Runs) -> Runs:
    """Add the comma that closes an apposition after a name."""
    beside = (run.text for run in who if not run.strong)
    return (*who, Run(",")) if "," in "".join(beside) else who


def _refers_back(who: str) -> bool:
    return bool(
        printed_sources.BACK_REFERENCE.search(
            printed_sources.TRAILING_CLAUSE.sub("", who).strip(EDGE_PUNCTUATION) or who
        )
    )


def _introduced(introduction: str, claim: Claim) -> Runs | None:
    for name in filter(None, (claim.known_as, claim.speaker)):
        before, found, after = introduction.partition(name)
        is_role = not after or (
            printed_sources.APPOSITION.fullmatch(after)
            and not printed_sources.BACK_REFERENCE.search(after)
        )
        if found and is_role and " and " not in before:
            return _beside(before, name, after)
    return None


def _beside(before: str, name: str, after: str) -> Runs:
    """A name with the words next to it, unless they refer to another sentence."""
    before, after = ("" if _refers_back(one) else one for one in (before, after))
    if printed_roles.LEADING_ARTICLE.fullmatch(before):
        before, name = "", f"{before}{name}"
    if found := re.match(r"(?:\s+[A-Z]\w+)+", after):  # "Brackenholt Hospitals Trust"
        name, after = f"{name}{found[0]}", after[found.end() :]
    # It may not begin the sentence here.
    if printed_sources.LEADING_QUALIFIER.match(before):
        before = f"{before[0].lower()}{before[1:]}"
    runs = (Run(before), Run(name, strong=True), Run(after.rstrip(EDGE_PUNCTUATION)))
    return tuple(run for run in runs if run.text)
