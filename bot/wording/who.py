"""The who-line of a claim: who says it, with which force, to whom, and through whom. Pure.

Nobody else stands in it, and the force comes first: nobody may take a denial for an assertion or a
refusal for an answer. What is inferred is followed by what is printed: Xi Jinping (“He”).
"""

from __future__ import annotations

import re

from bot.model import Claim, Passage
from bot.wording.runs import Run, Runs, capitalised, said
from bot.words import say

# Bodies and papers keep no name back: "the ministry" is nobody whom the article does not name.
NO_PERSON = re.compile(
    r"(?:ministr|agenc|authorit|universit|compan|part|charit|embass|stud|surve|arm|nav|militar"
    r"|jur)(?:y|ies|ys)"
    r"|(?:department|administration|government|cabinet|parliament|senate|council|commission"
    r"|committee|board|court|police|coastguard|firm|bank|insurer|union|association|federation"
    r"|organi[sz]ation|college|school|institute|hospital|church|club|team|office|service|newspaper"
    r"|paper|broadcaster|station|channel|website|document|report|poll|statement|letter|memo"
    r"|record|data|trust|command|staff|operator|regulator|watchdog)(?:s|es)?",
    re.IGNORECASE,
)
BEHIND_NOUN = re.compile(r"\s(?:of|for|in|at|on|by|from|to|with|that|who|which)\s")
LEADING_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"^(?:its|his|her|their|our|my)\s+", re.IGNORECASE)
TITLE = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|sir|lord|lady|dame)\.?\s+", re.IGNORECASE)
WORDS = re.compile(r"\w+")
COUNTED = re.compile(
    r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|several|some|many)\b)",
    re.IGNORECASE,
)
ACCORDING = re.compile(r"according to|per|in the words of", re.IGNORECASE)

# Cues that stand before their source: "according to the ministry", "was criticized by Xi".
LEADING_CUE = re.compile(r"(?:according to|per|in the words of|.*\bby)$", re.IGNORECASE | re.DOTALL)
# "Declined", where the content begins with what was declined: "to comment on the leak".
DECLINED = re.compile(r"to \w+(?: (?:on|about))?\b")
# "Issued a statement, declaring that …" is shown as "declared"; these take no -ed.
IRREGULAR = {
    "according": "according to", "denying": "denied", "feeling": "felt", "finding": "found",
    "hearing": "heard", "holding": "held", "implying": "implied", "knowing": "knew",
    "reading": "read", "replying": "replied", "saying": "said", "seeing": "saw",
    "showing": "showed", "speaking": "spoke", "swearing": "swore", "telling": "told",
    "testifying": "testified", "thinking": "thought", "writing": "wrote",
}  # fmt: skip
# Without whom it was told ("told Putin"), the word hangs in the air; not so "was told".
HANGING_CUE = re.compile(
    r"(?!.*\b(?:is|are|was|were|be|been|being)\b)(?:.*\s)?"
    r"(?:t(?:old|ells?)|(?:assur|notifi)e[sd]|(?:inform|remind)(?:s|ed))$",
    re.IGNORECASE | re.DOTALL,
)

# What an article says somebody holds is the article's word for it, unless they doubt in public.
BELIEVED = {
    form: base
    for base, forms in {
        "believe": "believe believes believed", "think": "think thinks thought",
        "feel": "feel feels felt", "hope": "hope hopes hoped", "expect": "expect expects expected",
        "fear": "fear fears feared", "suspect": "suspect suspects suspected",
        "worry": "worry worries worried", "want": "want wants wanted",
        "wish": "wish wishes wished", "prefer": "prefer prefers preferred",
        "know": "know knows knew", "see": "see sees saw", "view": "view views viewed",
        "regard": "regard regards regarded", "consider": "consider considers considered",
        "understand": "understand understands understood", "reckon": "reckon reckons reckoned",
        "assume": "assume assumes assumed", "hold": "hold holds held",
    }.items()
    for form in forms.split()
}  # fmt: skip
SEVERAL = re.compile(r"\band\b|(?<![su'’])s$|people$|police$|men$", re.IGNORECASE)


def who_line(claim: Claim, passage: Passage | None = None, *, outlet: str | None = None) -> Runs:
    """Say who says a claim, and how; what is missing is said to be missing.

    `passage` is where it stands, which has the words that negate a cue; `outlet` is its article's,
    for what is said in the article's own voice.
    """
    if claim.kind == "statement" and not claim.speaker:
        return _own_voice(outlet)
    if claim.kind == "passage":
        return _own_voice(outlet)
    cue = _cue(claim, passage)
    if not (claim.speaker or claim.source):
        nobody = (Run(say("who.no_source"), strong=True),)
        return said("who.but_cue", said=nobody, cue=cue) if cue else nobody
    if claim.unsure:
        return _through(_unsure(claim, cue), claim)
    if claim.via and not claim.inside and not _is_forceful(claim):
        return capitalised(_through(_named(claim), claim))
    return capitalised(_through(_with_cue(claim, _named(claim), cue), claim))


def _own_voice(outlet: str | None) -> Runs:
    if outlet is None:
        return said("who.own_words")
    return said("who.own_words_of", outlet=(Run(outlet, strong=True),))


def _is_forceful(claim: Claim) -> bool:
    """Whether the verb says more than that it was said."""
    return claim.negative or claim.stance not in (None, "said")


def _unsure(claim: Claim, cue: str) -> Runs:
    """Name nobody, but keep the word without which it would read as if it had been said."""
    who: Runs = (Run(say("who.unclear"), strong=True),)
    if cue and _is_forceful(claim):
        who = said("who.but_cue", said=who, cue=cue)
    return said("who.prints", said=who, printed=claim.source or claim.speaker or "")


# -- who


def _named(claim: Claim) -> Runs:
    """Who it is, with what the article prints in place of the name, or beside it."""
    name = claim.known_as or claim.speaker or claim.source or ""
    source = claim.source or ""
    if claim.source_kind == "unnamed" and not claim.known_as:
        return _unnamed(source or name)
    is_unnamed = claim.source_kind == "described" and not is_body(name)
    remarks = [say("who.unnamed")] if is_unnamed else []
    if source and not _is_of_the_name(source, name):
        remarks.append(say("who.printed", printed=source))
    shown: Runs = (Run(name, strong=True),)
    if remarks:
        return said("who.remarks", name=shown, remarks=", ".join(remarks))
    role = _role(source, name)
    return said("who.role", name=shown, role=role) if role else shown


def _unnamed(printed: str) -> Runs:
    """A source without a name: "Unnamed insiders", "An unnamed source"."""
    words = LEADING_ARTICLE.sub("", printed)
    if words.casefold() in ("", "source", "person", "one", "someone", "somebody"):
        return (Run(say("who.unnamed_source"), strong=True),)
    if SEVERAL.search(words) and not COUNTED.match(words):
        return (Run(say("who.unnamed_several", sources=words), strong=True),)
    name: Runs = (Run(printed, strong=True),)
    return said("who.remarks", name=name, remarks=say("who.unnamed"))


def is_body(who: str) -> bool:
    """Whether words name a body ("the ministry"), of which no article keeps a name back."""
    noun = BEHIND_NOUN.split(who, maxsplit=1)[0].split()[-1:]
    return bool(noun and NO_PERSON.fullmatch(noun[0]))


def _is_of_the_name(printed: str, name: str) -> bool:
    """Whether a printed source holds the whole name, or is a part of it: "Mr Hallas"."""
    if LEADING_ARTICLE.sub("", name).casefold() in printed.casefold():
        return True
    words = WORDS.findall(TITLE.sub("", LEADING_ARTICLE.sub("", printed)).casefold())
    return (
        bool(words) and printed[:1].isupper() and set(words) <= set(WORDS.findall(name.casefold()))
    )


MOST_ROLE = 90


def _role(source: str, name: str) -> str | None:
    """What a printed source says beside the name: "harbour master" of "the harbour master Ingrid
    Solvane", "transport minister" of "Corin Hallas, the transport minister,"."""
    before, found, behind = source.partition(name)
    if not found or "\n" in source:
        return None
    role = behind.strip(" ,;–—-") if behind.startswith(",") else ""
    if not role and not behind.strip(" ,"):
        role = before.strip(" ,;–—-")
    role = LEADING_ARTICLE.sub("", role)
    role = POSSESSIVE.sub("", role)
    # "Mr", "Sen." and the like belong to the name.
    is_title = len(role.split()) == 1 and role[:1].isupper()
    return None if is_title or not 3 < len(role) <= MOST_ROLE else role


# -- how


def _cue(claim: Claim, passage: Passage | None) -> str:
    """The word for how it was said, with what negates it."""
    cue = claim.cue or ""
    if claim.negative and passage and passage.cue:
        start, end = passage.cue[0]
        if cue.split()[:1] == passage.text[start:end].split()[-len(cue.split()) :][:1]:
            cue = passage.text[start:end]
    return " ".join(readable(cue).split())


def readable(cue: str) -> str:
    """Take off a cue what only its sentence needs: its end, and the form of a participle."""
    cue = cue.rstrip(" ,:;—–-")
    if cue.casefold() in IRREGULAR:
        return IRREGULAR[cue.casefold()]
    return f"{cue[:-3]}ed" if cue.isalpha() and cue.casefold().endswith("ing") else cue


def _with_cue(claim: Claim, who: Runs, cue: str) -> Runs:
    if not cue:
        return who
    if claim.negative:
        declined = DECLINED.match(claim.text)
        return said("who.cue_behind", who=who, cue=f"{cue} {declined[0]}" if declined else cue)
    if claim.stance == "believes" and (base := BELIEVED.get(cue.casefold())):
        several = SEVERAL.search(claim.speaker or claim.source or "")
        return said("who.believe" if several else "who.believes", who=who, verb=base)
    if HANGING_CUE.match(cue):
        return said("who.cue_behind", who=who, cue=say("who.said"))
    if ACCORDING.fullmatch(cue):
        return said("who.cue_behind", who=who, cue=say("who.said"))
    if LEADING_CUE.match(cue):
        return said("who.cue_before", who=_closed(who), cue=f"{cue[0].lower()}{cue[1:]}")
    return said("who.cue_behind", who=who, cue=cue)


# -- through whom


def _through(runs: Runs, claim: Claim) -> Runs:
    """Add through whom the article has it."""
    names = list(claim.via)
    if claim.inside and names:
        runs = said("who.according_to", said=_closed(runs), name=_outer(names.pop(0)))
    for name in names:
        runs = said("who.via", said=_closed(runs), name=(Run(name, strong=True),))
    return runs


def _closed(runs: Runs) -> Runs:
    """Runs without the comma that closes a role, where another follows."""
    *before, last = runs
    return (*before, last._replace(text=last.text.removesuffix(",")))


def _outer(name: str) -> Runs:
    """Somebody in whose words another's stand. Only the words are at hand here: words without a
    capital that nothing before has pinned down ("people familiar with the matter") name nobody."""
    shown = (Run(name, strong=True),)
    nobody = name == name.lower() and not name.startswith("the ")
    return said("who.remarks", name=shown, remarks=say("who.unnamed")) if nobody else shown
