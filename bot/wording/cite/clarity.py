"""Whether words can be understood without the sentences around them. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.languages.lookup import first_word, last_word
from bot.languages.table import LISTS, clarity, clause_words, people
from bot.model import Claim
from bot.text.quotes import quotations
from bot.text.unnamed import is_body

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
    if clarity.FIRST_PERSON.search(unquoted_text) or clarity.has_ellipsis(unquoted_text):
        return False
    names_others = bool(re.search(r"\b[A-Z]\w", replace_quotations(around)))
    return all(
        _is_named_before(pronoun)
        or (pronoun.kind == "thing" and clarity.is_expletive(unquoted_text, pronoun.start))
        or (claim is not None and not names_others and _may_be_speaker(pronoun, claim, is_first))
        # The first pronoun of each kind.
        for pronoun in {one.kind: one for one in reversed([*_pronouns(unquoted_text)])}.values()
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
    pronoun = next(filter(_is_person, _pronouns(unquoted_text)), None)
    return pronoun is None or clarity.has_name(unquoted_text[: pronoun.start])


def refers_back(content: str, claim: Claim) -> bool:
    """Whether a content refers to something before it ("this"), or to an "it" that is not its
    speaker."""
    unquoted_text = replace_quotations(content)
    for pronoun in _pronouns(unquoted_text):
        if pronoun.kind == "pointing" or (
            pronoun.word == "it"
            and not clarity.is_expletive(unquoted_text, pronoun.start)
            and not clarity.SINGULAR_NAME.search(unquoted_text, 0, pronoun.start)
            and not _may_be_speaker(pronoun, claim, is_first=False)
        ):
            return True
    return False


def has_object(content: str) -> bool:
    """Whether a content begins with an object pronoun that is not the speaker: "her of
    sleeping"."""
    return clarity.starts_with_object(replace_quotations(content))


def replace_quotations(text: str) -> str:
    """Replace each quotation in a text with “…”."""
    replaced, position = "", 0
    for start, end in quotations(text):
        replaced += f"{text[position:start]}“…”"
        position = end
    return SINGLE.sub("“…”", replaced + text[position:])


class _Pronoun(NamedTuple):
    """A pronoun in lower case, its kind ("he", "she", "several", "thing" or "pointing"), where it
    starts and the text before it."""

    word: str
    kind: str
    start: int
    before: str


def _pronouns(text: str) -> Iterator[_Pronoun]:
    for match in clarity.WORD.finditer(text):
        word = match[0].lower()
        kind = clarity.PRONOUN_KINDS.get(word) or (
            "pointing" if clarity.points(text, *match.span()) else None
        )
        if kind:
            yield _Pronoun(word, kind, match.start(), text[: match.start()])


def _is_named_before(pronoun: _Pronoun) -> bool:
    before = pronoun.before
    if _is_person(pronoun):
        return clarity.has_name(before) or bool(clarity.SINGULAR_NAME.search(before))
    is_named = bool(clarity.PLURAL_NAME.search(before))
    if pronoun.kind == "thing":
        return is_named or bool(clarity.SINGULAR_NAME.search(before))
    return is_named and pronoun.kind == "several"


def _is_person(pronoun: _Pronoun) -> bool:
    return pronoun.kind in ("he", "she")


def _may_be_another(claim: Claim, speaker: str) -> bool:
    """Whether "he" may be someone named within the source: "a friend of Hallas's"."""
    names_another = claim.source_kind != "named" and re.search(r"\s[A-Z]\w", speaker)
    return bool(names_another or clause_words.SPEAKS_FOR_ANOTHER.search(speaker))


def _may_be_speaker(pronoun: _Pronoun, claim: Claim, is_first: bool) -> bool:
    """Whether a pronoun may mean the speaker; "he" may if it begins the content."""
    if pronoun.kind == "pointing":
        return False
    speaker, printed = claim.speaker_name or "", (claim.source or "").casefold()
    is_plural_speaker = claim.source_kind != "named" and clarity.is_plural(speaker)
    is_organisation = is_body(speaker) or last_word(speaker.rstrip(".")) in clarity.COMPANY_ENDINGS
    if is_first and not _is_person(pronoun):
        return printed == pronoun.word
    if pronoun.kind == "several":
        is_group = printed in ("they", "who") or last_word(speaker) in LISTS["group_nouns"]
        return is_plural_speaker or is_organisation or is_group
    if _is_person(pronoun) and re.search(r"[A-Z]\w*[’']s?\s", speaker):
        return True  # such as "Mr Hallas's office said he …"
    if _is_person(pronoun) and (
        _may_be_another(claim, speaker)
        or not clarity.WORDS_BEFORE_SUBJECT.fullmatch(pronoun.before)
    ):
        return False
    if pronoun.kind == "thing":
        return printed == "it" or (
            not is_plural_speaker and (is_organisation or speaker[:4].casefold() == "the ")
        )
    opposite_gender = people.MALE_WORDS if pronoun.kind == "she" else people.FEMALE_WORDS
    return (
        not is_plural_speaker
        and not is_organisation
        and opposite_gender.isdisjoint((first_word(printed), first_word(speaker)))
    )
