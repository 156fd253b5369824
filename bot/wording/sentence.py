"""A claim as one sentence that can be printed: who says it by name, the rest as its article prints
it. Pure.

Nothing is completed. Where the printed words make no sentence that is true by itself ("denied it
had been", "he" of somebody else), there is none.
"""

from __future__ import annotations

import re

from bot.model import Claim, Hit
from bot.text.quotes import MARK
from bot.wording.clarity import FIRST_PERSON, are_several, is_clear
from bot.wording.passage import FEW_WORDS
from bot.wording.runs import Run, Runs, capitalised, plain
from bot.wording.sentence_parts import (
    CONNECTIVE,
    STOPS,
    Parts,
    balanced,
    made_elsewhere,
    parts_of,
    whole,
)
from bot.wording.verbs import finite
from bot.wording.who import (
    ACCORDING,
    HANGING_CUE,
    LEADING_ARTICLE,
    LEADING_CUE,
    is_of_the_name,
    name_of,
)

LONGEST = 700
"""Characters of a sentence; nobody prints a longer one."""
LONGEST_BETWEEN = 80
"""Characters between cue and content."""

# Clauses that do not say that it was said: "if he says", "no proof that he said", "did he say".
EMBEDDED = re.compile(
    r"\b(?:that|whether|if|unless|until|lest|than|how|why|what|whom|did|does|do|has|had|have|will"
    r"|would|could|should|can|might|may|nor|neither|without|not)\s*$",
    re.IGNORECASE,
)
# What may stand between a source and its verb and belongs to the verb.
BESIDE_VERB = re.compile(
    r"(?:(?:\w+ly|also|then|later|too|further|again|once|still|now|even|never|often|always|has"
    r"|have|had|would|will|could|can|may|might|must|should|did|does|did not|do|not|is|are|was|were"
    r"|been|being)\b\s*)*",
    re.IGNORECASE,
)
NEXT_VERB = re.compile(r"(?:[,)–—-]|\b(?:and|but|or|who|which|then|yet))\s*$", re.IGNORECASE)
OBJECT = re.compile(r"\b(?:him|her|them|it)\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"\b(?:its|his|her|their|our|my|your)\b", re.IGNORECASE)
NO_NAME = re.compile(
    r"(?:(?:\w+ )?of )?(?:he|him|she|her|they|them|it|i|we|us|you|who|which|that|this|those|these"
    r"|one|ones|others?)\b",
    re.IGNORECASE,
)


def sentence(hit: Hit, *, introduction: str | None = None) -> Runs | None:
    """The sentence of a claim, who says it in strong letters; None where none can be made.

    `introduction` stands in place of a speaker's name, where it is known how the article
    introduces somebody ("Corin Hallas, the transport minister").
    """
    claim = hit.claim
    passage = hit.passage or made_elsewhere(claim)
    if passage is None or claim.kind == "passage" or claim.unsure:
        return None
    if claim.kind == "statement" or not (claim.speaker or claim.source):
        runs = _of_nobody(whole(passage))
    else:
        parts = parts_of(passage)
        runs = _said(claim, parts, introduction) if parts else None
    return _finished(runs) if runs else None


def _of_nobody(text: str | None) -> Runs | None:
    """A printed sentence whose words are nobody's but the article's."""
    text = (text or "").strip()
    text = text[found.end() :] if (found := CONNECTIVE.match(text)) else text
    is_sentence = re.search(r"[.!][”’\"')\]»]*$", text) and not MARK.match(text)
    return (Run(text),) if is_sentence and is_clear(text, None) else None


def _said(claim: Claim, parts: Parts, introduction: str | None) -> Runs | None:
    who = _who(claim, parts.words(parts.source), introduction)
    content = " ".join(map(parts.words, parts.content))
    if who is None or parts.is_quoted(parts.source[0]) or not is_clear(content, claim):
        return None
    runs = None
    match parts.order:
        case "SCK":
            runs = _source_first(claim, parts, who)
        case "KSC" | "KSCK":
            runs = _content_first(parts, who)
        case "KCS" | "KCSK":
            runs = _source_last(parts, who)
        case "CSK":
            runs = _cue_first(parts, who)
    return _through(claim, runs) if runs else None


# -- who


def _who(claim: Claim, printed: str, introduction: str | None) -> Runs | None:
    """Who says it, by name, with what the article prints beside it."""
    name = name_of(claim) or ""
    found = LEADING_ARTICLE.match(name)
    bare = name[found.end() :] if found else name
    if introduction and claim.source_kind == "named" and bare in introduction:
        before, _, behind = introduction.partition(bare)
        return _beside(before, bare, behind)
    at = printed.casefold().find(bare.casefold())
    if at >= 0 and not POSSESSIVE.search(printed):
        before, end = printed[:at], at + len(bare)
        if claim.source_kind != "named" or not is_of_the_name(printed, name):
            return (Run(printed.rstrip(STOPS), strong=True),)
        if LEADING_ARTICLE.fullmatch(before):
            before, at = "", 0
        return _beside(before, printed[at:end], printed[end:])
    if not name or NO_NAME.match(name) or POSSESSIVE.match(name) or FIRST_PERSON.search(printed):
        return None
    return (Run(name, strong=True),)


def _beside(before: str, name: str, behind: str) -> Runs:
    runs = (Run(before), Run(name, strong=True), Run(behind.rstrip(STOPS)))
    return tuple(run for run in runs if run.text)


def _closed(who: Runs) -> Runs:
    """Who says it, with the comma that closes what stands beside a name."""
    return (*who, Run(",")) if "," in plain(who) else who


# -- the printed orders


def _source_first(claim: Claim, parts: Parts, who: Runs) -> Runs | None:
    """Put the name into "He told reporters that …"."""
    verb = _verb(parts)
    content = parts.cut(parts.cue[1], parts.content[-1][1])
    to_whom = parts.text[parts.cue[0] : parts.content[0][0]]
    is_embedded = EMBEDDED.search(parts.lead) and not claim.inside
    if verb is None or content is None or is_embedded or len(to_whom) > LONGEST_BETWEEN:
        return None
    if OBJECT.search(to_whom) or FIRST_PERSON.search(to_whom):
        return None
    words = sum(len(parts.words(one).split()) for one in parts.content)
    if to_whom.endswith("that ") and words <= FEW_WORDS:
        return None  # "rejected that account"
    if HANGING_CUE.match(verb) and re.match(r"\s*(?:that\b|[:,])", content):
        return None
    colon = ":" if parts.words(parts.cue).rstrip().endswith(":") else ""
    return (*_closed(who), Run(f" {verb}{colon}{content}"))


def _content_first(parts: Parts, who: Runs) -> Runs | None:
    """Put the name into "The port is shut, she said"."""
    front, verb, rest = _front(parts, parts.source[0]), _verb(parts), _rest(parts, parts.cue[1])
    if front is None or verb is None or rest is None or HANGING_CUE.match(verb):
        return None
    return (Run(_with_comma(front)), *_closed(who), Run(f" {verb}{rest}"))


def _source_last(parts: Parts, who: Runs) -> Runs | None:
    """Put the name into "The port is shut, said she" and "…, according to her"."""
    cue = parts.words(parts.cue).strip(STOPS)
    front, rest = _front(parts, parts.cue[0]), _rest(parts, parts.source[1])
    is_apart = parts.text[parts.cue[1] : parts.source[0]].strip()
    verb = cue if ACCORDING.fullmatch(cue) else finite(cue, of_several=True, near=False)
    if front is None or rest is None or verb is None or is_apart or HANGING_CUE.match(verb):
        return None
    is_passive = LEADING_CUE.match(cue) and not ACCORDING.fullmatch(cue)
    front = f"{front.rstrip()} " if is_passive else _with_comma(front)
    return (Run(f"{front}{verb} "), *who, Run(rest))


def _cue_first(parts: Parts, who: Runs) -> Runs | None:
    """Put the name into "According to her, the port is shut" and "Said she: “…”"."""
    cue = parts.words(parts.cue).strip(STOPS)
    gap = parts.text[parts.source[1] : parts.content[0][0]].strip()
    content = parts.cut(parts.content[0][0], parts.content[-1][1])
    if content is None or EMBEDDED.search(parts.lead):
        return None
    if ACCORDING.fullmatch(cue) and gap in ("", ","):
        return (Run(f"{cue} "), *who, Run(f", {content}"))
    verb = finite(cue.lower(), of_several=True, near=False)
    if gap == ":" and verb and " " not in verb:
        return (*_closed(who), Run(f" {verb}: {content}"))
    return None


def _verb(parts: Parts) -> str | None:
    """The cue as the verb of the source before it; None where it is another's."""
    printed, between = parts.words(parts.source), parts.text[parts.source[1] : parts.cue[0]]
    beside = between.lstrip(STOPS)
    is_near = bool(BESIDE_VERB.fullmatch(beside))
    if not is_near and not NEXT_VERB.search(between):
        return None
    cue = f"{beside if is_near else ''}{parts.words(parts.cue)}"
    return finite(cue, of_several=are_several(printed), near=is_near)


def _front(parts: Parts, end: int) -> str | None:
    """The content before who said it; None where anything but a comma stands between."""
    first = [one for one in parts.content if one[0] < end]
    gap = parts.text[first[-1][1] : end].strip()
    text = None if gap.strip(STOPS) else parts.cut(first[0][0], first[-1][1])
    if text is None:
        return None
    text = text[found.end() :] if (found := CONNECTIVE.match(text)) else text
    return f"{text}{gap}"


def _with_comma(front: str) -> str:
    is_closed = re.search(r"[,?!–—-][”’\"')»]*$", front.rstrip())
    return f"{front.rstrip()}{'' if is_closed else ','} "


def _rest(parts: Parts, at: int) -> str | None:
    """What goes on of the content behind who said it."""
    behind = [one for one in parts.content if one[0] >= at]
    if not behind:
        return ""
    end = behind[-1][1]
    return balanced(parts.text[at:end], parts.text[end:])


def _through(claim: Claim, runs: Runs) -> Runs | None:
    """Add through whom the article has it; None where somebody denies or only believes it."""
    if claim.outer_cue:
        return None
    text = plain(runs).casefold()
    for name in claim.via:
        if NO_NAME.match(name) or POSSESSIVE.search(name):
            return None
        if name.casefold() not in text:
            *before, last = runs
            last = last._replace(text=last.text.rstrip(". "))
            runs = (*before, last, Run(", according to "), Run(name, strong=True))
    return runs


def _finished(runs: Runs) -> Runs | None:
    """Runs that begin with a capital and end with one stop."""
    runs = tuple(run._replace(text=re.sub(r"\s+", " ", run.text)) for run in runs if run.text)
    *before, last = runs
    last = last._replace(text=last.text.rstrip(STOPS))
    stop = () if re.search(r"[.?!][”\"’')\]»]*$", last.text) else (Run("."),)
    runs = capitalised((*before, last, *stop))
    return runs if len(plain(runs)) <= LONGEST else None
