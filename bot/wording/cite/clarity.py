"""Whether words can be understood without the sentences around them. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.languages.table import clarity
from bot.model import Claim
from bot.text.quotes import quotations
from bot.text.unnamed import is_body
from bot.wording.who_line import name_of

SINGLE = re.compile(r"(?<!\w)(?:‘(?:[^‘’]|’(?=\w))*’|'(?:[^']|'(?=\w))*')(?!\w)")


def stands_alone(
    text: str, claim: Claim | None, around: str = "", *, is_first: bool = False
) -> bool:
    """Whether every pronoun outside quotation marks refers to words before it in the text, or to
    the speaker of `claim`.

    The text `around` may name others. If the text `is_first`, that is, before its speaker, "it" can
    be the speaker only if the source is printed as "it".
    """
    unquoted_text = replace_quotations(text)
    if clarity.FIRST_PERSON.search(unquoted_text) or clarity.ELLIPSIS.search(unquoted_text):
        return False
    names_others = bool(re.search(r"\b[A-Z]\w", replace_quotations(around)))
    return all(
        _is_named_before(unquoted_text, pronoun)
        or (pronoun["thing"] and clarity.EXPLETIVE.match(unquoted_text, pronoun.start()))
        or (claim is not None and not names_others and _may_be_speaker(pronoun, claim, is_first))
        for pronoun in _first_of_each_kind(unquoted_text)
    )


def names_persons(text: str, source: str) -> bool:
    """Whether a name precedes the first "he" or "she" outside quotation marks.

    The `source` alone is not enough, since "he" may be someone else: "Hallas rejected his account".
    But "Hallas said he …" is fine.
    """
    unquoted_text = replace_quotations(text)
    before, _, after = unquoted_text.partition(source or "\0")
    if not clarity.REPORTED_PRONOUN.search(after):
        unquoted_text = f"{before}{after}"
    pronoun = next(filter(_is_person, clarity.PRONOUN.finditer(unquoted_text)), None)
    return pronoun is None or bool(clarity.NAME.search(unquoted_text, 0, pronoun.start()))


def is_pronoun(words: str) -> bool:
    """Whether words are a single pronoun."""
    return clarity.SINGLE_PRONOUN.fullmatch(words) is not None


def refers_back(content: str, claim: Claim) -> bool:
    """Whether a content refers to something before it ("this"), or to an "it" that is not its
    speaker."""
    unquoted_text = replace_quotations(content)
    for pronoun in clarity.PRONOUN.finditer(unquoted_text):
        is_it = pronoun["thing"] and pronoun[0].casefold() == "it"
        if pronoun["pointing"] or (
            is_it
            and not clarity.EXPLETIVE.match(unquoted_text, pronoun.start())
            and not clarity.SINGULAR_NAME.search(unquoted_text, 0, pronoun.start())
            and not _may_be_speaker(pronoun, claim, is_first=False)
        ):
            return True
    return False


def has_object(content: str) -> bool:
    """Whether a content begins with an object pronoun that is not the speaker: "her of
    sleeping"."""
    return bool(clarity.OBJECT_PRONOUN.match(replace_quotations(content)))


def is_plural(words: str) -> bool:
    """Whether words are plural, judging by their form."""
    return bool(clarity.PLURAL_SUBJECT.search(clarity.NOUN_END.split(words)[0].strip()))


def replace_quotations(text: str) -> str:
    """Replace each quotation in a text with “…”."""
    replaced, position = "", 0
    for start, end in quotations(text):
        replaced += f"{text[position:start]}“…”"
        position = end
    return SINGLE.sub("“…”", replaced + text[position:])


def _first_of_each_kind(text: str) -> Iterator[re.Match[str]]:
    """Yield the first pronoun of each kind: person, several, thing, demonstrative."""
    kinds: set[str | None] = set()
    for pronoun in clarity.PRONOUN.finditer(text):
        kind = pronoun.lastgroup
        if kind not in kinds:
            kinds.add(kind)
            yield pronoun


def _is_named_before(text: str, pronoun: re.Match[str]) -> bool:
    before = text[: pronoun.start()]
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


def _may_be_another(claim: Claim, speaker: str) -> bool:
    """Whether "he" may be someone named within the source: "a friend of Hallas's"."""
    names_another = claim.source_kind != "named" and re.search(r"\s[A-Z]\w", speaker)
    return bool(clarity.REPRESENTATIVE.search(speaker) or names_another)


def _may_be_speaker(pronoun: re.Match[str], claim: Claim, is_first: bool) -> bool:
    """Whether a pronoun may mean the speaker; "he" may if it begins the content."""
    before = pronoun.string[: pronoun.start()]
    if pronoun["pointing"]:
        return False
    speaker, printed = name_of(claim) or "", (claim.source or "").casefold()
    is_plural_speaker = claim.source_kind != "named" and is_plural(speaker)
    is_organisation = is_body(speaker) or bool(clarity.COMPANY_ENDING.search(speaker))
    if is_first and not _is_person(pronoun):
        return printed == pronoun[0].casefold()
    if pronoun["several"]:
        return (
            is_plural_speaker
            or is_organisation
            or printed in ("they", "who")
            or bool(clarity.GROUP_NOUN.search(speaker))
        )
    if _is_person(pronoun) and re.search(r"[A-Z]\w*[’']s?\s", speaker):
        return True  # such as "Mr Hallas's office said he …"
    if _is_person(pronoun) and (
        _may_be_another(claim, speaker) or not clarity.WORDS_BEFORE_SUBJECT.fullmatch(before)
    ):
        return False
    if pronoun["thing"]:
        return printed == "it" or (
            not is_plural_speaker and (is_organisation or speaker[:4].casefold() == "the ")
        )
    opposite_gender = clarity.MASCULINE if clarity.FEMININE.match(pronoun[0]) else clarity.FEMININE
    return (
        not is_plural_speaker
        and not is_organisation
        and not opposite_gender.match(printed)
        and not opposite_gender.match(speaker)
    )
