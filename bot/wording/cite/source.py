"""The speaker as the subject of a sentence. No I/O."""

from __future__ import annotations

import re

from bot.languages.table import capitals, clarity, fragments, printed_roles, printed_sources
from bot.model import Claim
from bot.text.unnamed import is_body
from bot.wording.cite.parts import EDGE_PUNCTUATION
from bot.wording.runs import Run, Runs
from bot.wording.who_line import is_part_of_name, name_of


def make_subject(claim: Claim, printed: str, introduction: str | None = None) -> Runs | None:
    """Return the speaker of a claim in bold, with the words that the article prints next to the
    name; None if other sentences are needed to know who is meant ("his solicitor").

    `introduction` is the name as the article introduces it elsewhere.
    """
    name = name_of(claim) or ""
    if printed_roles.ANOTHER_PERSON.search(printed) or is_definite_reference(claim, printed):
        return None
    article = printed_roles.LEADING_ARTICLE.match(name)
    name_words = name[article.end() :] if article else name
    position = printed.casefold().find(name_words.casefold())
    if position >= 0 and not _refers_back(printed):
        if fragments.UNFINISHED_ENDING.search(printed) or capitals.POSSESSIVE_ENDING.search(
            printed
        ):
            return None
        if claim.source_kind != "named" or not is_part_of_name(printed, name):
            described, comma, after = printed.rstrip(EDGE_PUNCTUATION).partition(",")
            if printed_sources.TWO_ITEM_LIST.search(after):
                return (Run(printed.rstrip(EDGE_PUNCTUATION), strong=True),)
            return _with_neighbouring_words("", described, f"{comma}{after}")
        end, before = position + len(name_words), printed[:position]
        if before.strip() or printed[end:].strip(EDGE_PUNCTUATION):
            return _with_neighbouring_words(before, printed[position:end], printed[end:])
    if introduced_runs := introduction and _introduced_name(introduction, claim):
        return introduced_runs
    if position >= 0 and not _refers_back(printed):
        return (Run(printed.rstrip(EDGE_PUNCTUATION), strong=True),)
    is_unknown = not name or _refers_back(name) or clarity.FIRST_PERSON.search(printed)
    return None if is_unknown else (Run(name, strong=True),)


def is_definite_reference(claim: Claim, printed: str) -> bool:
    """Whether an unnamed source was mentioned earlier: "the person", "the spokeswoman"."""
    is_noun_only = printed_sources.DEFINITE_NOUN.fullmatch(printed)
    is_unnamed = claim.source_kind in ("described", "unnamed")
    return bool(is_noun_only) and is_unnamed and not is_body(printed)


def with_closing_comma(speaker: Runs) -> Runs:
    """Add the comma that closes an apposition after a name."""
    appositions = (run.text for run in speaker if not run.strong)
    return (*speaker, Run(",")) if "," in "".join(appositions) else speaker


def _refers_back(words: str) -> bool:
    return bool(
        printed_sources.BACK_REFERENCE.search(
            printed_sources.TRAILING_CLAUSE.sub("", words).strip(EDGE_PUNCTUATION) or words
        )
    )


def _introduced_name(introduction: str, claim: Claim) -> Runs | None:
    for name in filter(None, (claim.known_as, claim.speaker)):
        before, found, after = introduction.partition(name)
        is_role = not after or (
            printed_sources.APPOSITION.fullmatch(after)
            and not printed_sources.BACK_REFERENCE.search(after)
        )
        if found and is_role and " and " not in before:
            return _with_neighbouring_words(before, name, after)
    return None


def _with_neighbouring_words(before: str, name: str, after: str) -> Runs:
    """Return a name with the words next to it, unless they refer to another sentence."""
    before, after = ("" if _refers_back(words) else words for words in (before, after))
    if printed_roles.LEADING_ARTICLE.fullmatch(before):
        before, name = "", f"{before}{name}"
    if match := re.match(r"(?:\s+[A-Z]\w+)+", after):  # as in "Brackenholt Hospitals Trust"
        name, after = f"{name}{match[0]}", after[match.end() :]
    # It may not be at the beginning of the sentence here.
    if printed_sources.LEADING_QUALIFIER.match(before):
        before = f"{before[0].lower()}{before[1:]}"
    runs = (Run(before), Run(name, strong=True), Run(after.rstrip(EDGE_PUNCTUATION)))
    return tuple(run for run in runs if run.text)
