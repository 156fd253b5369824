"""Find the named body that "the company" or "the health authority" means.

It is the only one whose name holds the words ("Norton Health Authority"), or else the only one that
the article says to be that ("the charity Lock Watch"). With two that fit, the words stay as
printed; so they do where only one body is named at all: on news by others that one was wrong in
seven of eight.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from bot.extract.spans.drafts import Draft
from bot.extract.speakers.history import History
from bot.extract.speakers.kinds import is_outlet
from bot.extract.speakers.names import Names
from bot.extract.words import head_noun, head_phrase, words
from bot.languages.table import capitals, given_names, organisations, pronouns, references
from bot.languages.wordlist import is_word

LEADING_WORDS = re.compile(r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) (?:[a-z][\w-]* ){0,3}(?=[A-Z])")
NOUN_PHRASE_END = re.compile(
    r"[,.;:(—–]| (?:of|for|in|at|on|with|from|to|by|who|which|that|whose) "
)
NOUN_BEFORE_NAME = re.compile(
    rf"\b(?P<noun>{'|'.join(references.BODY_NOUNS)}) (?P<name>{capitals.CAPITALISED_RUN.pattern})"
)


BODY_WORDS = (
    organisations.ORGANISATIONS
    | organisations.COMPANY_WORDS
    | organisations.MUNICIPALITIES
    | references.FIRM_WORDS
    | references.CLUB_WORDS
)


class DescribedBodies:
    """Finds the bodies of one article by what they are called."""

    def __init__(self, text: str, names: Names, history: History) -> None:
        self._text = text
        self._names = names
        self._history = history
        self._introductions: dict[str, set[str]] = {}

    def find(self, core: str, draft: Draft, first_start: int) -> str | None:
        """Return the named body that a description means.

        `first_start` is where the paragraphs start in which it may have spoken.
        """
        if head_phrase(core).split()[-1][:1].isupper():
            return None
        spoken = [
            earlier
            for earlier in self._history.between(first_start, draft.start)
            if earlier.kind == "named"
            and earlier.speaker != core
            and not self._is_like_person(earlier.speaker)
        ]
        named = [
            name
            for name in (*self._names.bodies.named, *self._named_after_noun)
            if not self._is_like_person(name)
        ]
        speakers = [one.speaker for one in spoken]
        noun = head_noun(core)
        body = find_body(core, {*speakers, *named}, self._introduced_bodies((*named, *speakers)))
        is_by_noun = " " not in core.partition(" ")[2] and noun in words(body or "")
        return body if body and (not is_by_noun or self._names.is_unambiguous(noun, body)) else None

    def find_longer(self, core: str) -> str | None:
        """Return the longer name of a body: "Dyke Water" may be Dyke Water Ltd."""
        article, _, name = core.partition(" ")
        name = name if article.lower() == pronouns.DEFINITE_ARTICLE else core
        is_name = name and capitals.CAPITALISED_RUN.fullmatch(name)
        if not is_name or (" " not in name and (name.isupper() or is_word(name.lower()))):
            return None
        is_person = given_names.gender_of(name.split()[0]) or self._names.is_like_person(name)
        return None if is_person else self._names.bodies.longer(name)

    @cached_property
    def _named_after_noun(self) -> dict[str, str]:
        """Map names that stand right after a noun for a body ("the firm Norton Mills") to it."""
        return {match["name"]: match["noun"] for match in NOUN_BEFORE_NAME.finditer(self._text)}

    def _is_like_person(self, name: str) -> bool:
        if given_names.gender_of(name.split()[0]):
            return True
        is_told = name in self._named_after_noun or is_named_as_body(name)
        return not is_told and self._names.is_like_person(name)

    def _introduced_bodies(self, names: Iterable[str]) -> Mapping[str, set[str]]:
        """Map nouns to the bodies that the article says to be that; computed once a body."""
        for name in names:
            if name not in self._introductions:
                self._introductions[name] = set(find_introduced(self._text, [name]))
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name, nouns in self._introductions.items():
            for noun in nouns:
                found[noun].add(name)
        return found


def find_body(
    description: str, named: Iterable[str], introduced: Mapping[str, set[str]]
) -> str | None:
    """Return the only one of the `named` bodies that a description fits.

    `introduced` maps nouns to the bodies that the article says to be that.
    """
    article, *parts = words(description)
    if article not in DETERMINERS or not parts:
        return None
    noun, is_plain = parts[-1], len(parts) == 1
    if noun not in references.BODY_NOUNS and noun not in organisations.ORGANISATIONS:
        return None
    named = {name for name in map(_proper_part, named) if _may_be_body(name)}
    with_words = {name for name in named if _head(name) == noun and set(parts) <= set(words(name))}
    if with_words:
        return with_words.pop() if len(with_words) == 1 else None
    told = set(introduced.get(noun, ())) if is_plain else set()
    return told.pop() if len(told) == 1 else None


DETERMINERS = frozenset((pronouns.DEFINITE_ARTICLE, *pronouns.INDEFINITE_ARTICLES))


def find_introduced(text: str, named: Iterable[str]) -> Mapping[str, set[str]]:
    """Map nouns to the bodies that an article says to be that.

    "Lock Watch, a charity", "the charity Lock Watch", "Lock Watch is a charity".
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in named:
        printed = re.escape(name)
        after = re.finditer(
            rf"\b{printed}(?:,| is| was)(?: also)? (?:an?|the|its) (?P<phrase>[^.;\n]{{2,80}})",
            text,
        )
        before = re.finditer(rf"(?P<phrase>(?:[\w’'-]+ ){{0,2}}[a-z][\w-]+) {printed}\b", text)
        last_words = [words(match["phrase"])[-1:] for match in before]
        first_words = [
            words(NOUN_PHRASE_END.split(match["phrase"], maxsplit=1)[0])[-1:] for match in after
        ]
        for noun in (*last_words, *first_words):
            if noun and noun[0] in references.BODY_NOUNS:
                found[noun[0]].add(name)
    return found


def _proper_part(name: str) -> str:
    """Leave out what stands before a name: "the nonpartisan Lock Office" is the Lock Office."""
    match = LEADING_WORDS.match(name)
    return name[match.end() :] if match else name


def is_named_as_body(name: str) -> bool:
    """Tell whether a name holds a word for a body: "Lock Trust", "Norton Foods"."""
    parts = {part.rstrip(".") for part in words(name)}
    return not parts.isdisjoint(BODY_WORDS)


def _may_be_body(name: str) -> bool:
    """Tell whether a name may be a body's: more than a given name, and no outlet's."""
    has_form = " " in name or not name[1:].islower()
    is_name = capitals.BODY_NAME.fullmatch(name) is not None
    return has_form and is_name and not is_outlet(name)


def _head(name: str) -> str:
    """Return the noun of a body's name: "trust" of "Lock Trust of Norton Ltd"."""
    main = words(NOUN_PHRASE_END.split(f"{name} ", maxsplit=1)[0])
    while len(main) > 1 and main[-1].rstrip(".") in organisations.COMPANY_WORDS - {"company"}:
        main.pop()
    return main[-1]
