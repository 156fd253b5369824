"""The who-line of a claim: who says it, with which force, to whom, and through whom. Pure.

Nobody else stands in it, and the force comes first: nobody may take a denial for an assertion or a
refusal for an answer. What is inferred is followed by what is printed: Xi Jinping (“He”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.model import FOREIGN_PARAGRAPH, PIECE_SEPARATOR, UNATTRIBUTED, Claim, Passage
from bot.text.negation import LESSENED, NEGATIVE
from bot.wording.role import (
    LEADING_ARTICLE,
    NOT_THEMSELVES,
    OF_ANOTHER,
    introduced,
    role_of,
    title_of,
)
from bot.wording.runs import Run, Runs, capitalised, said
from bot.words import say

# Bodies and papers keep no name back: "the ministry" is nobody whom the article does not name.
NO_PERSON = re.compile(
    r"(?:ministr|agenc|authorit|universit|compan|part|charit|embass|stud|surve|arm|nav|militar"
    r"|jur|librar|galler|academ|laborator|consultanc|assembl|societ|registr|inquir|stor|diar"
    r"|testimon)(?:y|ies|ys)"
    # Bodies
    r"|(?:department|administration|government|cabinet|parliament|senate|council|commission"
    r"|committee|board|court|police|coastguard|firm|bank|insurer|union|association|federation"
    r"|league|alliance|coalition|foundation|defence|defense|prosecution|opposition"
    r"|organi[sz]ation|college|school|institute|hospital|church|club|team|office|service"
    r"|newspaper|paper|broadcaster|station|channel|website|trust|command|staff|kremlin|house|union"
    r"|eu|un|press|intelligence|group|operator|regulator|watchdog|museum|airline|airport|carrier"
    r"|(?:\w+)?maker|manufacturer|retailer|supplier|lender|network|magazine|mission|delegation"
    r"|campaign|tribunal|panel|bureau|theatre|theater|orchestra|festival|startup|nonprofit|tank"
    # Papers and records
    r"|document|report|poll|statement|letter|memo|record|data|minutes|footnote|e-?mail|message|file"
    r"|filing|transcript|manual|audit|review|ruling|judge?ment|verdict|indictment|lawsuit|complaint"
    r"|affidavit|contract|agreement|treaty|law|bill|bulletin|circular|notice|guideline|guidance"
    r"|rule|figure|statistic|finding|test|result|log|recording|video|footage|photo|image|article"
    r"|book|post|tweet|text|page|site|blog|advert|advertisement|ad|film|documentary|plan|proposal"
    r"|petition|resolution|newsletter|leaflet|dossier|draft|evidence|analys[ie]|census|forecast"
    r"|estimate|model|account)(?:s|es)?",
    re.IGNORECASE,
)
BEHIND_NOUN = re.compile(
    r"\s(?:(?:seen|shown|given|written|\w+ed)\s(?:by|to|in|on)|of|for|in|at|on|by|from|to|with|that"
    r"|who|which)\s"
)
# Before a name: those who have only seen what says it ("documents seen by the Courier").
SEEN_BY = re.compile(
    r"\b(?:(?:seen|read|(?:obtain|view|review|examin|acquir)ed) by"
    r"|(?:shown|leaked|given|sent|passed) to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
TITLE = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|sir|lord|lady|dame)\.?\s+", re.IGNORECASE)
WORDS = re.compile(r"\w+")
COUNTED = re.compile(
    r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|more|most|no|none"
    r"|nobody|dozens|hundreds|thousands|number|his|her|its|their|unnamed|anonymous|other|others)\b)",
    re.IGNORECASE,
)
# What a cue says of the day, which stands below the claim.
WHEN = re.compile(
    r",?\s+(?:(?:on|late on|early on)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday"
    r"|today|tonight|last\s+\w+|(?:earlier\s+|later\s+)?this\s+(?:morning|afternoon|evening|week|month"
    r"|year)|\w+\s+(?:days?|weeks?|months?|years?)\s+ago)(?:\s+(?:morning|afternoon|evening|night))?$",
    re.IGNORECASE,
)
# "Would not comment on": what it is about stands in the passage.
HANGING_ON = re.compile(r"\s+(?:on|about)$", re.IGNORECASE)
NO_CLAUSE = re.compile(r"(?:without|neither|nor)\b", re.IGNORECASE)
ACCORDING = re.compile(r"according to|per|in the words of", re.IGNORECASE)

# Cues that stand before their source: "according to the ministry", "was criticized by Xi".
LEADING_CUE = re.compile(r"(?:according to|per|in the words of|.*\bby)$", re.IGNORECASE | re.DOTALL)
# "Declined", where the content begins with what was declined: "to comment on the leak", and where
# there is no more of it: "to give evidence".
DECLINED = re.compile(r"to \w+(?: (?:out|up|off|down|back)\b)?(?: (?!wh|how)\w+(?=\W*$))?")
# "Issued a statement, declaring that …" is shown as "declared"; these take no -ed.
IRREGULAR = {
    "forbidding": "forbade", "understanding": "understood", "putting": "put", "giving": "gave",
    "making": "made", "setting": "set", "taking": "took", "going": "went",
    "according": "according to", "denying": "denied", "feeling": "felt", "finding": "found",
    "hearing": "heard", "holding": "held", "implying": "implied", "knowing": "knew",
    "reading": "read", "replying": "replied", "saying": "said", "seeing": "saw",
    "showing": "showed", "speaking": "spoke", "swearing": "swore", "telling": "told",
    "testifying": "testified", "thinking": "thought", "writing": "wrote",
}  # fmt: skip
# What may stand before a verb that negates: "has refused", "again declined".
BEFORE_VERB = re.compile(
    r"(?:(?:has|have|had|would|also|again|later|then|\w+ly)\s+)*", re.IGNORECASE
)
CLEFT = re.compile(
    r"\b(?:it\b[^.;]*\b(?:was|were|is|be|been)(?:n[’']t)?|neither|nor|not|hardly|never|nobody)\b[^.;]*$",
    re.IGNORECASE,
)
# Without whom it was told ("told Putin"), the word hangs in the air; not so "was told".
HANGING_CUE = re.compile(
    r"(?!.*\b(?:is|are|was|were|be|been|being)\b)(?:.*\s)?"
    r"(?:t(?:old|ells?)|(?:assur|notifi)e[sd]|(?:inform|remind)(?:s|ed))$",
    re.IGNORECASE | re.DOTALL,
)

# What an article says that somebody holds is the article's word for it. In the present only: of
# what somebody held once it is not said whether they still do.
BELIEVED = {
    form: verb
    for verb in (
        "believe",
        "think",
        "feel",
        "hope",
        "expect",
        "fear",
        "suspect",
        "reckon",
        "assume",
    )
    for form in (verb, f"{verb}s")
}
OWNS = re.compile(r".*\w(?:['’]s|s['’])\s")
# "China and Russia are said to believe that …": the article has it from nobody whom it names.
SAID_TO = re.compile(
    r"(?:is|are|was|were) (?:\w+ly )?(?:said|thought|understood|believed|reported|known)",
    re.IGNORECASE,
)
BELIEF = re.compile(
    rf"(.+){re.escape(PIECE_SEPARATOR)}to ({'|'.join(sorted(set(BELIEVED.values())))})\b.*",
    re.DOTALL,
)
SEVERAL = re.compile(r"(?:[^s’']s|people|police|men)$", re.IGNORECASE)
# Cues that add nothing where it is said through whom something came.
PLAIN = re.compile(
    r"(?:ha[sd]\s+|have\s+)?(?:sa(?:id|ys?)|t(?:old|ells?)\b.*|wr(?:ote|ites?)|report(?:s|ed)?"
    r"|add(?:s|ed)?"
    r"|according to|stat(?:ed|es?))",
    re.IGNORECASE | re.DOTALL,
)
NO_VERB = re.compile(r"(?:in|the|an?|[’']s|its|his|her|their)\s", re.IGNORECASE)
"""How a cue begins that is a noun: "in a statement", "the claim"."""


def who_line(
    claim: Claim,
    passage: Passage | None = None,
    *,
    outlet: str | None = None,
    role: str | None = None,
) -> Runs:
    """Say who says a claim, and how; what is missing is said to be missing.

    `passage` is where it stands, which has the words that negate a cue; `outlet` is its article's,
    for what is said in the article's own voice. `role` is what the article says elsewhere that the
    speaker is, where that is to be shown rather than anything else.
    """
    if claim.kind == UNATTRIBUTED and not claim.speaker:
        return _own_voice(outlet)
    if claim.kind == FOREIGN_PARAGRAPH:
        return _own_voice(outlet)
    cue = force(claim, passage)
    if not (claim.speaker or claim.source):
        if held := BELIEF.fullmatch(claim.text) if SAID_TO.fullmatch(cue) else None:
            holder: Runs = (Run(held[1].strip(), strong=True),)
            return capitalised(said("who.cue_behind", who=holder, cue=f"{cue} to {held[2]}"))
        nobody = (Run(say("who.no_source"), strong=True),)
        return said("who.but_cue", said=nobody, cue=cue) if cue else nobody
    if claim.unsure or (passage and is_cleft(passage)):
        return _through(_unsure(claim, cue), claim)
    who = _named(claim, passage.introduction if passage else None, role)
    if claim.via and not claim.inside and not _is_forceful(claim, cue):
        return capitalised(_through(who, claim))
    return capitalised(_through(_with_cue(claim, who, cue), claim))


def is_cleft(passage: Passage) -> bool:
    """Whether it is said who it was that said it, or was not: "it was not Marsh who said"."""
    if len(passage.source) != 1:
        return False
    start, end = passage.source[0]
    is_relative = passage.text[start:end].casefold() in ("who", "that")
    return is_relative and bool(CLEFT.search(passage.text, 0, start))


def _own_voice(outlet: str | None) -> Runs:
    if outlet is None:
        return said("who.own_words")
    return said("who.own_words_of", outlet=(Run(outlet, strong=True),))


def _is_forceful(claim: Claim, cue: str) -> bool:
    """Whether the verb says more than that it was said."""
    is_plain = claim.stance in (None, "said") and (not cue or PLAIN.fullmatch(cue))
    return claim.negative or not is_plain


def _unsure(claim: Claim, cue: str) -> Runs:
    """Name nobody, but keep the word without which it would read as if it had been said."""
    who: Runs = (Run(say("who.unclear"), strong=True),)
    if cue and _is_forceful(claim, cue):
        who = said("who.but_cue", said=who, cue=cue)
    return said("who.prints", said=who, printed=claim.source or claim.speaker or "")


# -- who


def name_of(claim: Claim) -> str | None:
    """Who says a claim, by name or description; None where that is not sure or not given."""
    return None if claim.unsure else claim.known_as or claim.speaker or claim.source


def _named(claim: Claim, introduction: str | None = None, role: str | None = None) -> Runs:
    """Who it is, with what the article prints in place of the name, and what it says of them."""
    source = claim.source or ""
    name = claim.known_as or claim.speaker or source
    if name in source and SEEN_BY.search(source.partition(name)[0]):
        name = source
    if NOT_THEMSELVES.search(source):
        return (Run(source, strong=True),)
    is_called_so = not source or is_of_the_name(source, name)
    if claim.source_kind == "unnamed" and not claim.known_as and is_called_so:
        return _unnamed(source or name)
    is_unnamed = claim.source_kind in ("described", "unnamed") and not is_body(name)
    remarks = [say("who.unnamed")] if is_unnamed else []
    if not is_called_so:
        remarks.append(say("who.printed", printed=source))
    is_told = not remarks and (title_of(source, name) or role_of(source, name))
    elsewhere = introduction or "" if claim.source_kind == "named" else ""
    if role and role.casefold() not in source.casefold():
        is_told, elsewhere = False, introduced(f"{title_of(source, name)}{name}", role)
    return _with_role(name, source, source if is_told else elsewhere, remarks)


def _with_role(name: str, source: str, printed: str, remarks: Sequence[str]) -> Runs:
    """A name with what is `printed` beside it, as its source or wherever the article says it."""
    role = role_of(printed, name)
    shown: Runs = (Run(f"{title_of(printed, name)}{name}", strong=True),)
    if remarks:
        shown = said("who.remarks", name=shown, remarks=", ".join(remarks))
    if role is None or role.casefold() == LEADING_ARTICLE.sub("", source).casefold():
        return shown
    if role[0].isupper() and printed.startswith(f"{role} "):
        # It may begin with a name ("Rovers chairman"), or only begin its sentence.
        return said("who.role_before", name=shown, role=role)
    return said("who.role", name=shown, role=role)


def _unnamed(printed: str) -> Runs:
    """A source without a name: "Unnamed insiders", "An unnamed source"."""
    words = LEADING_ARTICLE.sub("", printed)
    if words.casefold() in ("", "source", "person", "one", "someone", "somebody"):
        return (Run(say("who.unnamed_source"), strong=True),)
    noun = BEHIND_NOUN.split(words.split(",")[0], maxsplit=1)[0]
    if SEVERAL.search(noun) and not COUNTED.match(words):
        if noun == words.split()[0]:  # "Sources at the yard", but "European officials"
            words = f"{words[0].lower()}{words[1:]}"
        return (Run(say("who.unnamed_several", sources=words), strong=True),)
    name: Runs = (Run(printed, strong=True),)
    return said("who.remarks", name=name, remarks=say("who.unnamed"))


def is_body(who: str) -> bool:
    """Whether words name a body ("the ministry"), of which no article keeps a name back."""
    who = who.split(",")[0]
    owner = OWNS.search(who)  # "the secretary of state's office": whose it is may have any words
    noun = BEHIND_NOUN.split(who[owner.end() :] if owner else who, maxsplit=1)[0].split()[-1:]
    return bool(noun and NO_PERSON.fullmatch(noun[0]))


def is_of_the_name(printed: str, name: str) -> bool:
    """Whether a printed source is the name, with a role or title, or a part of it: "Mr Hallas"."""
    bare = LEADING_ARTICLE.sub("", name)
    if bare.casefold() in printed.casefold():
        before, _, behind = printed.casefold().partition(bare.casefold())
        is_anothers = OF_ANOTHER.search(before.strip()) or re.match(r"['’]s\s", behind)
        return not is_anothers
    words = WORDS.findall(TITLE.sub("", LEADING_ARTICLE.sub("", printed)).casefold())
    own = set(WORDS.findall(name.casefold()))
    return bool(words) and printed[:1].isupper() and set(words) <= own


# -- how


# "At no time has … advised" is "has at no time advised".
IN_FRONT = re.compile(
    r"^(at no \w+|in no way|on no \w+|not once|nowhere|never|under no circumstances)"
    r" (has|have|had|is|was|were|would|will|could|can)\b",
    re.IGNORECASE,
)


def force(claim: Claim, passage: Passage | None = None) -> str:
    """The words for how it was said, with those that negate them. Of what was not said they never
    read as if it had been."""
    printed = claim.cue or ""
    if passage and passage.cue and not claim.corrected:
        whole = " ".join(passage.text[start:end] for start, end in passage.cue)
        if len(whole.split()) > len(printed.split()):
            printed = whole
    cue = WHEN.sub("", " ".join(printed.split()).rstrip(" ,:;—–-"))
    if not claim.negative:
        return cue if LESSENED.match(f"{cue} ") else readable(cue)
    if not cue:
        return say("who.unsaid")
    found = NEGATIVE.match(cue) or NEGATIVE.match(BEFORE_VERB.sub("", cue))
    is_whole = found and not LEADING_CUE.match(cue) and not NO_CLAUSE.match(cue)
    in_order = IN_FRONT.sub(lambda found: f"{found[2]} {found[1].lower()}", cue)
    return in_order if is_whole else say("who.not_said", cue=cue)


def readable(cue: str) -> str:
    """Take off a cue what only its sentence needs: its end, and the form of a participle."""
    cue = cue.rstrip(" ,:;—–-")
    first, space, rest = cue.partition(" ")
    if ACCORDING.fullmatch(cue):
        return cue
    if cue.casefold() in IRREGULAR:
        return IRREGULAR[cue.casefold()]
    if first.casefold() in IRREGULAR and first.casefold() != "according":
        return f"{IRREGULAR[first.casefold()]}{space}{rest}"
    if not (first.isalpha() and first.casefold().endswith("ing")) or len(first) < 6:
        return cue
    stem = first[:-3]
    if stem.endswith("e"):  # "agreeing"
        past = f"{stem}d"
    else:
        past = f"{stem[:-1]}ied" if re.search(r"[^aeiou]y$", stem) else f"{stem}ed"
    return f"{past}{space}{rest}"


def _with_cue(claim: Claim, who: Runs, cue: str) -> Runs:
    if not cue:
        return who
    if claim.negative:
        return said("who.cue_behind", who=who, cue=_refusal(claim, _uncapitalised(cue)))
    if claim.stance == "believes" and (verb := BELIEVED.get(cue.casefold())):
        is_several = verb == cue.casefold() or _is_several(claim)
        return said("who.believe" if is_several else "who.believes", who=who, verb=verb)
    if ACCORDING.fullmatch(cue) or HANGING_CUE.match(cue):
        return said("who.cue_behind", who=who, cue=say("who.said"))
    if LEADING_CUE.match(cue) or NO_VERB.match(cue):
        return said("who.but_cue", said=_closed(who), cue=cue)
    return said("who.cue_behind", who=who, cue=_uncapitalised(cue))


def _refusal(claim: Claim, cue: str) -> str:
    """What was not said: "declined" with what was declined, nothing of what it was about."""
    if cue.split()[-1] in ("declined", "refused") and (what := DECLINED.match(claim.text)):
        return f"{cue} {what[0]}"
    return HANGING_ON.sub("", cue)


def _uncapitalised(cue: str) -> str:
    """A cue that begins its sentence ("Asked whether …"), as it stands within a line."""
    return f"{cue[:1].lower()}{cue[1:]}"


def _is_several(claim: Claim) -> bool:
    """Whether a speaker is more than one person or body, as far as the words tell."""
    if claim.source_kind == "named":
        return False
    noun = BEHIND_NOUN.split((claim.speaker or claim.source or "").split(",")[0], maxsplit=1)[0]
    return bool(SEVERAL.search(noun))


# -- through whom


def _through(runs: Runs, claim: Claim) -> Runs:
    """Add through whom the article has it."""
    names = list(claim.via)
    if claim.inside and names:
        outer, cue = _outer(_within(names.pop(0))), claim.outer_cue
        if cue:  # "The ministry denied that Hallas had said": it is not according to the ministry
            runs = said("who.in_what", said=_closed(runs), name=outer, cue=cue.rstrip(" ,:;"))
        else:
            runs = said("who.according_to", said=_closed(runs), name=outer)
    for name in names:
        via = (Run(_within(name), strong=True),)
        runs = said("who.via", said=_closed(runs), name=via)
    return runs


def _within(name: str) -> str:
    """Whoever stands in the middle of a line: "the ministry", where a sentence began with them."""
    is_name = name != f"{name[:1]}{name[1:].lower()}"
    return name if is_name or not LEADING_ARTICLE.match(name) else name[0].lower() + name[1:]


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
