"""Whether words can stand alone, without the sentences around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.languages.table import clarity
from bot.model import Claim
from bot.text.quotes import quotations
from bot.wording.who import is_body, name_of

SINGLE = re.compile(r"(?<!\w)(?:‘(?:[^‘’]|’(?=\w))*’|'(?:[^']|'(?=\w))*')(?!\w)")


def stands_alone(
    text: str, claim: Claim | None, around: str = "", *, is_first: bool = False
) -> bool:
    """Whether every pronoun outside quotation marks has its antecedent in the text, or is the
    speaker of `claim`.

    The text `around` may name others. If the text `is_first`, before its speaker, "it" can be the
    speaker only if the source is printed as "it".
    """
    bare = unquoted(text)
    if clarity.FIRST_PERSON.search(bare) or clarity.ELLIPSIS.search(bare):
        return False
    is_around = bool(re.search(r"\b[A-Z]\w", unquoted(around)))
    return all(
        _is_named_before(bare, found)
        or (found["thing"] and clarity.EXPLETIVE.match(bare, found.start()))
        or (claim is not None and not is_around and _may_be_speaker(found, claim, is_first))
        for found in _first_of_each_kind(bare)
    )


def names_persons(text: str, source: str) -> bool:
    """Whether a name comes before the first "he" or "she" outside quotation marks.

    It must not be only the `source`, who may not be meant: "Hallas rejected his account". But
    "Hallas said he …" is fine.
    """
    bare = unquoted(text)
    first, _, after = bare.partition(source or "\0")
    if not clarity.REPORTED_PRONOUN.search(after):
        bare = f"{first}{after}"
    person = next(filter(_is_person, clarity.PRONOUN.finditer(bare)), None)
    return person is None or bool(clarity.NAME.search(bare, 0, person.start()))


def is_pronoun(words: str) -> bool:
    """Whether words are one pronoun."""
    return clarity.SINGLE_PRONOUN.fullmatch(words) is not None


def refers_back(content: str, claim: Claim) -> bool:
    """Whether a content refers to something before it ("this"), or to an "it" other than its
    speaker."""
    bare = unquoted(content)
    for found in clarity.PRONOUN.finditer(bare):
        is_it = found["thing"] and found[0].casefold() == "it"
        if found["pointing"] or (
            is_it
            and not clarity.EXPLETIVE.match(bare, found.start())
            and not clarity.SINGULAR_NAME.search(bare, 0, found.start())
            and not _may_be_speaker(found, claim, is_first=False)
        ):
            return True
    return False


def has_object(content: str) -> bool:
    """Whether a content begins with a pronoun that is not the speaker's: "her of sleeping"."""
    return bool(clarity.OBJECT_PRONOUN.match(unquoted(content)))


def are_several(who: str) -> bool:
    """Whether words are plural, judged by their form."""
    return bool(clarity.PLURAL_SUBJECT.search(clarity.NOUN_END.split(who)[0].strip()))


def unquoted(text: str) -> str:
    """Replace each quotation in a text by “…”."""
    out, at = "", 0
    for start, end in quotations(text):
        out += f"{text[at:start]}“…”"
        at = end
    return SINGLE.sub("“…”", out + text[at:])


def _first_of_each_kind(bare: str) -> Iterator[re.Match[str]]:
    """The first pronoun of each kind: person, several, thing, demonstrative."""
    known: set[str | None] = set()
    for found in clarity.PRONOUN.finditer(bare):
        kind = found.lastgroup
        if kind not in known:
            known.add(kind)
            yield found


def _is_named_before(bare: str, pronoun: re.Match[str]) -> bool:
    before = bare[: pronoun.start()]
    if _is_person(pronoun):
        return bool(clarity.NAME.search(before) or clarity.SINGULAR_NAME.search(before))
    if pronoun["several"]:
        return bool(clarity.PLURAL_NAME.search(before))
    return bool(
        pronoun["thing"]
        and (clarity.SINGULAR_NAME.search(before) or clarity.PLURAL_NAME.search(before))
    )


def _is_person(pronoun: re.Match[str]) -> bool:
    return bool(pronoun["he"] or pronoun["she"])


def _may_be_another(claim: Claim, who: str) -> bool:
    """Whether "he" may be somebody named within the source: "a friend of Hallas's"."""
    names_another = claim.source_kind != "named" and re.search(r"\s[A-Z]\w", who)
    return bool(clarity.SPEAKS_FOR.search(who) or names_another)


def _may_be_speaker(found: re.Match[str], claim: Claim, is_first: bool) -> bool:
    """Whether a pronoun may mean the speaker; "he" may if it begins the content."""
    before = found.string[: found.start()]
    if found["pointing"]:
        return False
    who, printed = name_of(claim) or "", (claim.source or "").casefold()
    several = claim.source_kind != "named" and are_several(who)
    body = is_body(who) or bool(clarity.COMPANY_ENDING.search(who))
    if is_first and not _is_person(found):
        return printed == found[0].casefold()
    if found["several"]:
        return several or body or printed in ("they", "who") or bool(clarity.GROUP_NOUN.search(who))
    if _is_person(found) and re.search(r"[A-Z]\w*[’']s?\s", who):
        return True  # "Mr Hallas's office said he …"
    if _is_person(found) and (
        _may_be_another(claim, who) or not clarity.WORDS_BEFORE_SUBJECT.fullmatch(before)
    ):
        return False
    if found["thing"]:
        return printed == "it" or (not several and (body or who[:4].casefold() == "the "))
    other = clarity.MASCULINE if clarity.FEMININE.match(found[0]) else clarity.FEMININE
    return not several and not body and not other.match(printed) and not other.match(who)
