"""Whether words can stand alone, without the sentences around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Claim
from bot.text.quotes import quotations
from bot.wording.who import is_body, name_of

# "It was, in April", "she had not.": what goes without saying was said before.
ELLIPSIS = re.compile(
    r"\b(?:it|he|she|they|that|there) (?:was|were|is|are|had|has|have|did|does|do|would|will|could"
    r"|can|might|may)(?: not|n[’']t)?(?=[,.;]|\s*$)",
    re.IGNORECASE,
)
SINGLE = re.compile(r"(?<!\w)(?:‘(?:[^‘’]|’(?=\w))*’|'(?:[^']|'(?=\w))*')(?!\w)")
FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|myself|ourselves)\b(?!\.)")
PRONOUN = re.compile(
    r"\b(?:(?P<he>he|him|his|himself)|(?P<she>she|her|hers|herself)"
    r"|(?P<several>they|them|their|theirs|themselves)|(?P<thing>it|its|itself)"
    r"|(?P<pointing>(?:this|these)(?!\s+(?:week|month|year|morning|afternoon|evening|spring|summer"
    r"|autumn|winter|weekend|time)\b)|those(?!\s+(?:who|of|with|in|from|whose|that|\w+ing|\w+ed)\b)"
    # No relative: "that is untrue", "comment on that", "by that account".
    r"|(?:^|(?<=, )|(?<=and )|(?<=but )|(?<=whether ))that(?=\s+(?:is|was|are|were|has|had|would"
    r"|will|could|can|may|might|must|did|does)\b)|that(?=[,.;]|\s*$|\s+as\b"
    r"|\s+(?!\w+(?:ed|s)\b)\w+\W*$)"
    r"|(?:(?<=\bof )|(?<=\bto )|(?<=\bby )|(?<=\bon )|(?<=\bin )|(?<=\bat )|(?<=\bfor ))that"
    r"|(?:(?<=said )|(?<=says )|(?<=told us ))that(?=\s+(?:is|was|are|were)\b)|ones?(?=[,.;]|\s*$)"
    r"|that(?=\s+(?:account|view|suggestion|allegation|accusation|assertion|criticism)\b)"
    r"|such(?=\s+(?!as\b)[a-z])|the (?:latter|others)|(?:some|all|both|many|most|none|neither)"
    r"(?=\s+(?:had|have|has|were|was|are|is|did|do|would|could|will)\b)))\b",
    re.IGNORECASE,
)
WOMAN = re.compile(r"(?:she|hers?|herself|mrs|ms|miss|dame|lady)\b", re.IGNORECASE)
MAN = re.compile(r"(?:he|his|him|himself|mr|sir|lord)\b", re.IGNORECASE)
EXPLETIVE = re.compile(
    r"it(?:['’]s|\s+(?:is|was|would be|will be|had been|has been|may be|might be|could be))\s+"
    r"(?:\w+ly\s+)?(?:said|thought|believed|reported|understood|expected|feared|hoped|claimed"
    r"|known|clear|likely|unlikely|possible|impossible|important|necessary|time|too (?:early|late)"
    r"|hard|difficult|easy|up to|not (?:clear|possible|known))\b"
    r"|it(?:['’]s|\s+(?:is|was|would be|will be))\s+(?:(?!\w+ed\b)\w+\s+|“…”\s+){1,2}"
    r"(?:for \w+ )?(?:that|to)\b",
    re.IGNORECASE,
)
# "Cited it as an example", "accused her of sleeping": the speaker would be "herself".
OBJECT = re.compile(
    r"\W*(?:him|them|(?:it|her)(?=\s+(?:a|an|the|as|to|of|for|with|in|on|by|at|from|and|ahead|back|out|up|down|off)\b|\W*$))\b",
    re.IGNORECASE,
)
# What a pronoun behind it can stand for.
NAMES_ONE = re.compile(
    r"\b(?:the|an?|his|her|their|its|every|each|another|no|any)\s+(?!(?:latter|same|other)\b)\w+",
    re.IGNORECASE,
)
NAME = re.compile(
    r"\b(?!(?:The|A|An|In|On|At|But|And|If|One|Some|Both|All|Others|Neither|None)\b)[A-Z][\w’'-]+"
)
NAMES_SEVERAL = re.compile(
    r"\b(?:some|most|many|all|both|either|several|two|three|four|five|six|more than|\d+)\s+\w+"
    r"|\b(?!was|has|does|less|this)\w{2,}[^su\W]s\b|\b(?:people|police|men|women|children)\b"
)
COMPANY = re.compile(
    r"\b(?:\w+als|energy|water|rail|industries|holdings|motors|airlines|airways|systems|partners"
    r"|group|fund|inc|ltd|plc|llc|corp|co)\.?$",
    re.IGNORECASE,
)
# "He" is then mostly whoever they speak for.
SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|lawyers?|solicitors?|barristers?|attorneys?|agents?|aides?|offices?|advis[eo]rs?"
    r"|representatives?|campaign)\b",
    re.IGNORECASE,
)
# What may stand before "he" where a content begins with it.
SUBJECT = re.compile(
    r"(?:(?:that|whether|if|how|why|when|while|although|because|and|but|to his knowledge),?\s+)*",
    re.IGNORECASE,
)
GROUP = re.compile(r"\b(?:crew|team|family|couple|pair|staff|public|jury)$", re.IGNORECASE)
SEVERAL = re.compile(
    r"(?:[^s’']s|people|police|men|children)$|\sand\s|^(?:they|we)$|^(?:(?:nearly|almost|about|around"
    r"|more than|at least|up to)\s)?(?:an? (?:majority|number|minority|handful)|both|some|many"
    r"|most|few|several|others|dozens|hundreds|thousands|\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)(?:\s|$)",
    re.IGNORECASE,
)
BEHIND_NOUN = re.compile(
    r",|\s(?:of|for|in|at|on|by|from|to|with|that|who|which|close|familiar|\w+ed)\s", re.IGNORECASE
)


def is_clear(text: str, claim: Claim | None, around: str = "", *, is_first: bool = False) -> bool:
    """Whether words outside quotation marks have no pronoun that stands for somebody whom they do
    not name, nor the speaker of their `claim`.

    What is `around` may name others. Where they stand `is_first`, before their speaker, "it" is
    the speaker only if printed for it too.
    """
    bare = unquoted(text)
    if FIRST_PERSON.search(bare) or ELLIPSIS.search(bare):
        return False
    is_around = bool(re.search(r"\b[A-Z]\w", unquoted(around)))
    return all(
        _is_named_before(bare, found)
        or (found["thing"] and EXPLETIVE.match(bare, found.start()))
        or (claim is not None and not is_around and _is_speakers(found, claim, is_first))
        for found in _first_of_each(bare)
    )


def names_persons(text: str, source: str) -> bool:
    """Whether somebody's name stands before the first "he" or "she" outside quotation marks, also
    somebody else's than the `source`, where it may not be they who are meant: "Hallas rejected his
    account", but "Hallas said he …"."""
    bare = unquoted(text)
    first, _, behind = bare.partition(source or "\0")
    if not re.search(r"\b(?:that|said|says|told|whether)\s+s?he\b", behind):
        bare = f"{first}{behind}"
    person = next(filter(_is_person, PRONOUN.finditer(bare)), None)
    return person is None or bool(NAME.search(bare, 0, person.start()))


def is_pronoun(words: str) -> bool:
    """Whether words are one pronoun."""
    return bool(re.fullmatch(r"he|she|it|they|who|which|we|i", words, re.IGNORECASE))


def points(content: str, claim: Claim) -> bool:
    """Whether a content points at what was said before, or is of an "it" that is not its
    speaker."""
    bare = unquoted(content)
    for found in PRONOUN.finditer(bare):
        is_it = found["thing"] and found[0].casefold() == "it"
        if found["pointing"] or (
            is_it
            and not EXPLETIVE.match(bare, found.start())
            and not NAMES_ONE.search(bare, 0, found.start())
            and not _is_speakers(found, claim, is_first=False)
        ):
            return True
    return False


def has_object(content: str) -> bool:
    """Whether a content begins with a pronoun that is not the speaker's: "her of sleeping"."""
    return bool(OBJECT.match(unquoted(content)))


def are_several(who: str) -> bool:
    """Whether words name more than one person or body, as far as their form tells."""
    return bool(SEVERAL.search(BEHIND_NOUN.split(who)[0].strip()))


def unquoted(text: str) -> str:
    """A text with “…” in place of each quotation."""
    out, at = "", 0
    for start, end in quotations(text):
        out += f"{text[at:start]}“…”"
        at = end
    return SINGLE.sub("“…”", out + text[at:])


def _first_of_each(bare: str) -> Iterator[re.Match[str]]:
    """The first pronoun for a person, for several, for a thing and for what was said before."""
    known: set[str | None] = set()
    for found in PRONOUN.finditer(bare):
        kind = found.lastgroup
        if kind not in known:
            known.add(kind)
            yield found


def _is_named_before(bare: str, pronoun: re.Match[str]) -> bool:
    before = bare[: pronoun.start()]
    if _is_person(pronoun):
        return bool(NAME.search(before) or NAMES_ONE.search(before))
    if pronoun["several"]:
        return bool(NAMES_SEVERAL.search(before))
    return bool(pronoun["thing"] and (NAMES_ONE.search(before) or NAMES_SEVERAL.search(before)))


def _is_person(pronoun: re.Match[str]) -> bool:
    return bool(pronoun["he"] or pronoun["she"])


def _may_be_another(claim: Claim, who: str) -> bool:
    """Whether "he" may be somebody whom the words for a speaker name: "a friend of Hallas's"."""
    names_another = claim.source_kind != "named" and re.search(r"\s[A-Z]\w", who)
    return bool(SPEAKS_FOR.search(who) or names_another)


def _is_speakers(found: re.Match[str], claim: Claim, is_first: bool) -> bool:
    """Whether a pronoun can be that of the speaker; "he" can where it begins what was said."""
    before = found.string[: found.start()]
    if found["pointing"]:
        return False
    who, printed = name_of(claim) or "", (claim.source or "").casefold()
    several = claim.source_kind != "named" and are_several(who)
    body = is_body(who) or bool(COMPANY.search(who))
    if is_first and not _is_person(found):
        return printed == found[0].casefold()
    if found["several"]:
        return several or body or printed in ("they", "who") or bool(GROUP.search(who))
    if _is_person(found) and re.search(r"[A-Z]\w*[’']s?\s", who):
        return True  # "Mr Hallas's office said he …"
    if _is_person(found) and (_may_be_another(claim, who) or not SUBJECT.fullmatch(before)):
        return False
    if found["thing"]:
        return printed == "it" or (not several and (body or who[:4].casefold() == "the "))
    other = MAN if WOMAN.match(found[0]) else WOMAN
    return not several and not body and not other.match(printed) and not other.match(who)
