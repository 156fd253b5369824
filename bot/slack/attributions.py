"""What the bot says of a claim: who, through whom, with which word, how and when. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.model import AttributionType, Claim, Near
from bot.slack.language_names import language_name
from bot.slack.wording import MONTHS, Run, Runs

HOW: dict[AttributionType | None, str] = {
    "direct": "quoted",
    "mixed": "partly quoted",
    "indirect": "in the article's words",
}
NOT_NAMED = {"described": "not named", "unnamed": "unnamed"}
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


def attribution_line(claim: Claim, language: str | None = None) -> Runs:
    """Say who, through whom, with which word, how and when; what is missing is said to be.

    `language` is the code of the article's, which is said of what nobody has read for claims.
    """
    if claim.kind == "passage":
        return (Run(unread(language)),)
    if claim.kind == "statement" and not claim.speaker:
        return _own_voice(claim.near)
    who = claim.speaker or claim.source
    runs: Runs
    if not who:
        said = f'no source given ("{claim.cue}")' if claim.cue else "no source given"
        runs, how_is_said = (Run(said),), True
    elif claim.unsure:
        runs, how_is_said = (Run(_unsure(claim, claim.source or who)), *_passed_on(claim)), True
    else:
        runs, how_is_said = _who_said(claim, (Run(who, strong=True), *_remarks(claim, who)))
    # "In the article's words" would only repeat what such a line says already, and "quoted" would
    # make of what was not said something that was.
    told = how_is_said and (claim.type == "indirect" or claim.negative)
    how = None if told else HOW.get(claim.type)
    parts = (Run(f" · {part}") for part in (how, _when(claim)) if part)
    return (*runs, *parts, *(_pointed_at(claim.near) if claim.near else ()))


def unread(language: str | None) -> str:
    """Say of a text that nobody has looked for claims in it."""
    return f"text in {language_name(language)}: not read for claims"


def _unsure(claim: Claim, nearest: str) -> str:
    """Name nobody, but keep the word without which the content would read as if it had been said
    ("denied", "declined")."""
    said = "did not say" if claim.negative else "said"
    is_plain = claim.stance in (None, "said") and not claim.negative
    cue = f' ("{claim.cue}")' if claim.cue and not is_plain else ""
    return f'unsure who {said} this{cue}; nearest in the text: "{nearest}"'


def _pointed_at(near: Near) -> Runs:
    """What another said before, where a content only points at it ("denied this")."""
    short = near.text if len(near.text) <= LONGEST_NEARBY else f"{near.text[: LONGEST_NEARBY - 1]}…"
    return Run(" · nearby: "), Run(near.speaker, strong=True), Run(f": {short}")


def _own_voice(near: Near | None) -> Runs:
    own = Run("no source: the article's own words")
    if near is None:
        return (own,)
    runs = (own, Run(" · nearby: "), Run(near.speaker, strong=True))
    return (*runs, Run(f", in {_possessive(near.report)} report")) if near.report else runs


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _remarks(claim: Claim, who: str) -> Runs:
    nameless = claim.source_kind == "unnamed" or not _is_body(who)
    remarks = [NOT_NAMED[claim.source_kind]] if nameless and claim.source_kind in NOT_NAMED else []
    if claim.known_as:
        remarks.append(f"elsewhere: {claim.known_as}")
    if claim.source and not _holds(claim.source, who):
        remarks.append(f'printed: "{claim.source}"')
    return (Run(f" ({'; '.join(remarks)})"),) if remarks else ()


def _is_body(who: str) -> bool:
    noun = BEHIND_NOUN.split(who, maxsplit=1)[0].split()[-1:]
    return bool(noun and NO_PERSON.fullmatch(noun[0]))


def _holds(printed: str, speaker: str) -> bool:
    """Whether a reader of the printed source finds the speaker's whole name in it."""
    return LEADING_ARTICLE.sub("", speaker).casefold() in printed.casefold()


def _who_said(claim: Claim, who: Runs) -> tuple[Runs, bool]:
    """The line up to its cue and chain, and whether it says by itself how it was said."""
    cue = _readable(claim.cue or "")
    if claim.negative:
        declined = DECLINED.match(claim.text)
        rest = f" {declined[0]}" if declined else ""
        on = " on" if f"{cue}{rest}".casefold().endswith("comment") else ""
        return (*who, Run(f" {cue}{rest}{on} …")), True
    if claim.via and not claim.inside:
        return (*who, *_passed_on(claim)), False
    said = _with_cue(who, cue)
    if claim.via:
        return (*said, *_passed_on(claim)), True
    if claim.stance == "believes" and cue and not LEADING_CUE.match(cue):
        return (*said, Run(", as the article puts it")), True
    return said, False


def _readable(cue: str) -> str:
    """Take off a cue what only its sentence needs: its end, and the form of a participle."""
    cue = cue.rstrip(" ,:;—–-")
    if cue.casefold() in IRREGULAR:
        return IRREGULAR[cue.casefold()]
    return f"{cue[:-3]}ed" if cue.isalpha() and cue.casefold().endswith("ing") else cue


def _with_cue(who: Runs, cue: str) -> Runs:
    if not cue:
        return who
    if HANGING_CUE.match(cue):
        return *who, Run(f' said ("{cue}")')
    if LEADING_CUE.match(cue):
        return Run(f"{cue[0].lower()}{cue[1:]} "), *who
    return *who, Run(f" {cue}")


def _outer(name: str) -> Runs:
    """Somebody in whose words another's stand. Only the words are at hand here: words without a
    capital that nothing before has pinned down ("people familiar with the matter") name nobody."""
    nobody = name == name.lower() and not name.startswith("the ")
    return (Run(name, strong=True), Run(" (unnamed)")) if nobody else (Run(name, strong=True),)


def _passed_on(claim: Claim) -> Runs:
    """Through whom the article has it."""
    if not claim.inside:
        return _quoted_by(claim.via)
    return tuple(
        run
        for outer in claim.via[:1]
        for run in (Run(", according to "), *_outer(outer), *_quoted_by(claim.via[1:]))
    )


def _quoted_by(names: Sequence[str]) -> Runs:
    return tuple(run for name in names for run in (Run(", quoted by "), Run(name, strong=True)))


def _when(claim: Claim) -> str | None:
    day = claim.said_on
    if day is None:
        return None
    shown = f"{day.day} {MONTHS[day.month - 1]}"
    return (
        f"{shown} (year inferred: {day.year})" if claim.said_on_inferred else f"{shown} {day.year}"
    )
