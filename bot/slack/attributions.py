"""What the bot says of a claim: who, through whom, with which word, how and when. Pure."""

from __future__ import annotations

import re

from bot.model import Claim, Near
from bot.wording.language_names import language_name
from bot.wording.runs import Run, Runs, said
from bot.words import LANGUAGE, say
from bot.words.dates import day_of_year, full_date

# Bodies and papers keep no name back: "the ministry" is nobody whom the article does not name.
NO_PERSON = re.compile(
    r"(?:ministr|agenc|authorit|universit|compan|part|charit|embass|stud|surve|arm|nav|militar"
    r"|jur)(?:y|ies|ys)"
    r"|(?:department|administration|government|cabinet|parliament|senate|council|commission"
    r"|committee|board|court|police|coastguard|firm|bank|insurer|union|association|federation"
    r"|organi[sz]ation|college|school|institute|hospital|church|club|team|office|service|newspaper"
    r"|paper|broadcaster|station|channel|website|document|report|poll|statement|letter|memo"
    r"|record|data)(?:s|es)?",
    re.IGNORECASE,
)
BEHIND_NOUN = re.compile(r"\s(?:of|for|in|at|on|by|from|to|with|that|who|which)\s")

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
LONGEST_NEARBY = 80  # characters of what another said, where it is only context
# Without whom it was told ("told Putin"), the word hangs in the air; not so "was told".
HANGING_CUE = re.compile(
    r"(?!.*\b(?:is|are|was|were|be|been|being)\b)(?:.*\s)?"
    r"(?:t(?:old|ells?)|(?:assur|notifi)e[sd]|(?:inform|remind)(?:s|ed))$",
    re.IGNORECASE | re.DOTALL,
)
LEADING_ARTICLE = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)


def attribution_line(claim: Claim, language: str | None = None, *, dates: str = LANGUAGE) -> Runs:
    """Say who, through whom, with which word, how and when; what is missing is said to be.

    `language` is the code of the article's, which is said of what nobody has read for claims;
    `dates` that in which the day is printed.
    """
    if claim.kind == "passage":
        return (Run(unread(language)),)
    if claim.kind == "statement" and not claim.speaker:
        return _own_voice(claim.near)
    who = claim.speaker or claim.source
    runs: Runs
    if not who:
        runs, how_is_said = _no_source(claim.cue), True
    elif claim.unsure:
        runs, how_is_said = _passed_on(_unsure(claim, claim.source or who), claim), True
    else:
        runs, how_is_said = _who_said(claim, _remarked(claim, who))
    # "In the article's words" would only repeat what such a line says already, and "quoted" would
    # make of what was not said something that was.
    told = how_is_said and (claim.type == "indirect" or claim.negative)
    how = say(f"claims.type_{claim.type}") if claim.type and not told else None
    parts = (Run(f" · {part}") for part in (how, _when(claim, dates)) if part)
    return (*runs, *parts, *(_pointed_at(claim.near) if claim.near else ()))


def unread(language: str | None) -> str:
    """Say of a text that nobody has looked for claims in it."""
    return say("claims.unread", language=language_name(language))


def _no_source(cue: str | None) -> Runs:
    return said("claims.no_source_but_cue", cue=cue) if cue else said("claims.no_source")


def _unsure(claim: Claim, nearest: str) -> Runs:
    """Name nobody, but keep the word without which the content would read as if it had been said
    ("denied", "declined")."""
    what = "not_said" if claim.negative else "said"
    is_plain = claim.stance in (None, "said") and not claim.negative
    if claim.cue and not is_plain:
        return said(f"claims.unsure_{what}_but_cue", cue=claim.cue, nearest=nearest)
    return said(f"claims.unsure_{what}", nearest=nearest)


def _pointed_at(near: Near) -> Runs:
    """What another said before, where a content only points at it ("denied this")."""
    short = near.text if len(near.text) <= LONGEST_NEARBY else f"{near.text[: LONGEST_NEARBY - 1]}…"
    return (Run(" · "), *said("claims.nearby", speaker=_strong(near.speaker), content=short))


def _own_voice(near: Near | None) -> Runs:
    if near is None:
        return said("claims.own_voice")
    speaker = _strong(near.speaker)
    if not (report := near.report):
        return said("claims.own_voice_near", near=speaker)
    if report.endswith("s"):
        return said("claims.own_voice_near_reports", near=speaker, report=report)
    return said("claims.own_voice_near_report", near=speaker, report=report)


def _strong(name: str) -> Runs:
    return (Run(name, strong=True),)


def _remarked(claim: Claim, who: str) -> Runs:
    """Who it is, with what is to be known of the name."""
    remarks, kind = [], claim.source_kind
    if kind in ("described", "unnamed") and (kind == "unnamed" or not is_body(who)):
        remarks.append(say(f"claims.source_{kind}"))
    if claim.known_as:
        remarks.append(say("claims.known_as", name=claim.known_as))
    if claim.source and not _holds(claim.source, who):
        remarks.append(say("claims.printed", source=claim.source))
    name = _strong(who)
    return said("claims.remarks", who=name, remarks="; ".join(remarks)) if remarks else name


def is_body(who: str) -> bool:
    """Whether words name a body ("the ministry"), of which no article keeps a name back."""
    noun = BEHIND_NOUN.split(who, maxsplit=1)[0].split()[-1:]
    return bool(noun and NO_PERSON.fullmatch(noun[0]))


def _holds(printed: str, speaker: str) -> bool:
    """Whether a reader of the printed source finds the speaker's whole name in it."""
    return LEADING_ARTICLE.sub("", speaker).casefold() in printed.casefold()


def _who_said(claim: Claim, who: Runs) -> tuple[Runs, bool]:
    """The line up to its cue and chain, and whether it says by itself how it was said."""
    cue = readable(claim.cue or "")
    if claim.negative:
        declined = DECLINED.match(claim.text)
        cue = f"{cue} {declined[0]}" if declined else cue
        on = cue.casefold().endswith("comment")
        return said("claims.not_said_on" if on else "claims.not_said", who=who, cue=cue), True
    if claim.via and not claim.inside:
        return _passed_on(who, claim), False
    runs = _with_cue(who, cue)
    if claim.via:
        return _passed_on(runs, claim), True
    if claim.stance == "believes" and cue and not LEADING_CUE.match(cue):
        return said("claims.believes", said=runs), True
    return runs, False


def readable(cue: str) -> str:
    """Take off a cue what only its sentence needs: its end, and the form of a participle."""
    cue = cue.rstrip(" ,:;—–-")
    if cue.casefold() in IRREGULAR:
        return IRREGULAR[cue.casefold()]
    return f"{cue[:-3]}ed" if cue.isalpha() and cue.casefold().endswith("ing") else cue


def _with_cue(who: Runs, cue: str) -> Runs:
    if not cue:
        return who
    if HANGING_CUE.match(cue):
        return said("claims.told", who=who, cue=cue)
    if LEADING_CUE.match(cue):
        return said("claims.cue_before", who=who, cue=f"{cue[0].lower()}{cue[1:]}")
    return said("claims.cue_behind", who=who, cue=cue)


def _outer(name: str) -> Runs:
    """Somebody in whose words another's stand. Only the words are at hand here: words without a
    capital that nothing before has pinned down ("people familiar with the matter") name nobody."""
    nobody = name == name.lower() and not name.startswith("the ")
    return said("claims.unnamed_person", name=_strong(name)) if nobody else _strong(name)


def _passed_on(runs: Runs, claim: Claim) -> Runs:
    """Add through whom the article has it."""
    names = list(claim.via)
    if claim.inside and names:
        runs = said("claims.according_to", said=runs, name=_outer(names.pop(0)))
    for name in names:
        runs = said("claims.quoted_by", said=runs, name=_strong(name))
    return runs


def _when(claim: Claim, dates: str) -> str | None:
    if not (day := claim.said_on):
        return None
    if claim.said_on_inferred:
        return say("claims.year_inferred", day=day_of_year(day, dates), year=str(day.year))
    return full_date(day, dates)
