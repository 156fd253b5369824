"""Find the named body that "the company" or "the health authority" means.

In this order: the only one whose name holds the words ("Norton Health Authority"), the only one
that the article says to be that ("the charity Lock Watch"), the one that has just spoken in the
paragraph, the only one of that kind. With two that fit, the words stay as printed.
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
        latest = next(
            (one.speaker for one in spoken[:1] if one.draft.start >= draft.paragraph.start), None
        )
        named = [
            name
            for name in (*self._names.bodies.named, *self._named_after_noun)
            if not self._is_like_person(name)
        ]
        speakers = [one.speaker for one in spoken]
        introduced = self._introduced_bodies((*named, *speakers))
        noun = head_noun(core)
        has_other = self._has_other(noun)
        body = find_body(core, speakers, named, introduced, latest, has_other)
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

    def _has_other(self, noun: str) -> bool:
        """Tell whether the article also has another body of a noun, with no name that shows it."""
        if re.search(rf"\b{references.OTHER} {re.escape(noun)}\b", self._text):
            return True
        kind = references.BODY_NOUNS.get(noun)
        return any(
            references.BODY_NOUNS[noun_before] == kind
            and not given_names.gender_of(name.split()[0])
            and self._is_like_person(name)  # "the retailer Mosley Quill"
            for name, noun_before in self._named_after_noun.items()
        )

    def _is_like_person(self, name: str) -> bool:
        if given_names.gender_of(name.split()[0]):
            return True
        return not is_named_as_body(name) and self._names.is_like_person(name)

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
    description: str,
    spoken: Iterable[str],
    named: Iterable[str],
    introduced: Mapping[str, set[str]],
    latest: str | None = None,
    has_other: bool = False,
) -> str | None:
    """Return the only body that a description fits.

    `spoken` are the named bodies that have spoken so far, the `latest` of them in the same
    paragraph; `named` are all others of the article. `introduced` maps nouns to the bodies that the
    article says to be that. `has_other`: the article also has another body of that noun, unnamed.
    """
    article, *parts = words(description)
    if article not in DETERMINERS or not parts:
        return None
    noun, is_plain = parts[-1], len(parts) == 1
    if noun not in references.BODY_NOUNS and noun not in organisations.ORGANISATIONS:
        return None
    spoken = [name for name in map(_proper_part, spoken) if _may_be_body(name)]
    all_named = {*spoken, *filter(_may_be_body, named)}
    with_words = {
        name for name in all_named if _head(name) == noun and set(parts) <= set(words(name))
    }
    if with_words:
        return with_words.pop() if len(with_words) == 1 else None
    if not is_plain or noun not in references.BODY_NOUNS:
        return None
    told = {name for name in introduced.get(noun, ()) if name in all_named}
    if told:
        return told.pop() if len(told) == 1 else None
    kind = references.BODY_NOUNS[noun]
    if article != pronouns.DEFINITE_ARTICLE or has_other:
        return None
    all_named = {name for name in all_named if _may_be(name, noun)}
    # "The firm Norton Mills" may be the company that is meant.
    alike = {
        name
        for other, names in introduced.items()
        if references.BODY_NOUNS[other] == kind
        for name in names
    }
    alike |= {name for name in all_named if _kind(name) == kind}
    latest = _proper_part(latest) if latest else None
    if latest in all_named and (latest in alike or (not alike and _kind(latest or "") is None)):
        return latest
    candidates = {name for name in spoken if name in all_named and _kind(name) is None} | alike
    return candidates.pop() if len(candidates) == 1 else None


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
    return _kind(name) is not None or not organisations.ORGANISATIONS.isdisjoint(words(name))


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


def _may_be(name: str, noun: str) -> bool:
    """Tell whether a name says nothing else of a body: no council is an association."""
    own = set(words(name)) & BODY_NAME_NOUNS
    return not own or noun in own or noun in references.VAGUE_BODY_NOUNS


BODY_NAME_NOUNS = (
    frozenset(references.BODY_NOUNS) | organisations.INSTITUTIONS | organisations.MUNICIPALITIES
)


def _kind(name: str) -> str | None:
    """Tell what kind of body a name says that it is: a public one, a firm; None if neither."""
    if _head(name) in organisations.INSTITUTIONS - organisations.COMPANY_WORDS:
        return references.PUBLIC  # "Harland Water Authority", though Harland Water is a firm
    parts = {part.rstrip(".") for part in words(name)}
    if parts & (organisations.COMPANY_WORDS | references.FIRM_WORDS):
        return references.FIRM
    public = parts & (organisations.INSTITUTIONS | organisations.MUNICIPALITIES)
    if public:
        return references.PUBLIC
    return references.CLUB if parts & references.CLUB_WORDS else None
