"""How an article describes somebody beside their name, as printed. Pure.

"Sun Yun, director of the China Program at the Stimson Center,", "Foreign Minister Wang Yi", "Ida
Falk, who heads the union,", "the mayor of Norton, Ida Falk,". Nothing is put into words that the
article does not print, and what is doubtful is left out: a wrong description is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot import yaml_files
from bot.extract.lexicon import (
    COMPANIES,
    DETERMINERS,
    HUMANS,
    INSTITUTIONS,
    KIN,
    NOT_NAMES,
    PRONOUNS,
    TIMES,
    TITLES,
    VERBS,
    head,
    words,
)
from bot.extract.speakers.capitalised import CAPITAL
from bot.model import Span
from bot.text.quotes import quoted
from bot.wordlist import is_word

LONGEST = 160
"""Characters of a description; what is longer is a sentence rather than one."""
MOST_TITLE_WORDS = 6
MOST_PLAIN_WORDS = 3
"""Of a title that begins in lower case: what stands before may be the sentence's own."""

_LISTS: dict[str, str] = yaml_files.read(Path(__file__).with_name("descriptions.yml"))
HONORIFICS, UNFINISHED, QUALIFYING, _MORE, _PLAIN, _BODIES, FINITE, ADJECTIVES = (
    frozenset(_LISTS[name].split())
    for name in (
        *("honorifics", "unfinished", "qualifying"),
        *("persons", "plain", "bodies", "finite", "adjectives"),
    )
)
PERSONS = (HUMANS | _MORE) - KIN - HONORIFICS - _PLAIN
"""Nouns for one human being that say what somebody is, not whose relative."""
BODIES = INSTITUTIONS | COMPANIES | _BODIES

HEADING = (
    rf"(?:{'|'.join(_LISTS['leading'].split())}|serve[sd] as|works (?:as|for|at)"
    r"|speciali[sz]es in|is (?:an?|the)|was (?:an?|the))"
)
CHAR = (
    r"(?:(?! --)[^,.;:()\n“”\"—–]|(?<=\b[A-Z])\.|(?<=\b(?:[MDJS]r|Dr|St|Lt))\."
    r"|(?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Rev))\.)"
)
"""Full stops only behind what is shortened."""
_OPENED = r"(?:, (?:aged? )?(?:\d{1,3}, )?| [–—-] ?|—| \()"
BEHIND = re.compile(
    rf"{_OPENED}(?P<what>{CHAR}{{3,{LONGEST}}})(?P<end>,|\.(?:\s|$)|;|\)| [–—-]{{1,2}} |—|$)"
)
PLACE_BEHIND = re.compile(
    rf", (?:(?:New|North|South|East|West|Northern|Western) )?{CAPITAL}\.?(?=,|\.(?:\s|$))"
)
"""Where the place in "mayor of Norton, Virginia," goes on."""
NAME_BEHIND = re.compile(rf",? (?:and )?{CAPITAL} {CAPITAL}")
WHO = re.compile(
    rf"(?:, (?:\d{{1,3}}, )?)(?P<what>who {HEADING} {CHAR}{{3,{LONGEST}}})"
    r"(?=,|\.(?:\s|$)|;)"
)
OF = re.compile(r"\w+ (?:of \w|(?:at|for|to) (?:the |an? |[A-Z]))")
"""Behind a noun that may be a verb, too: "chair of the council"."""
BEFORE = re.compile(rf"(?:The|An?) (?P<what>{CHAR}{{3,{LONGEST}}}), ")
SINCE = re.compile(r" since [^,]*$")
SHORTENED = re.compile(r"(?:[A-Z]\.)+|[A-Z][a-z]{1,3}\.")
"""What a full stop does not end: "Sen." """
SENTENCE_STARTS = ("\n", ". ", "? ", "”", ": ")
TITLE_WORD = re.compile(r"(?:^|(?<=[\s“(—–-]))(\S+)\s$")
ELIDED = re.compile(r"[’']s?$")
PLACED = re.compile(rf"\b(?:of|in|at|from|for) (?:the )?{CAPITAL}(?: {CAPITAL}){{0,5}}$")
CLAUSE = re.compile(r"\b(?:who|that|which|whose|where|when|while|as)\b")
TITLE_PART = re.compile(r"[^\W\d_][\w&-]*(?:[’']\w*)?")
NO_TITLES = NOT_NAMES | PRONOUNS | DETERMINERS | TIMES | frozenset(_LISTS["outside"].split())
NO_BEGINNING = (NO_TITLES - DETERMINERS) | VERBS
BEHIND_NOUN = frozenset(("elect", "designate"))
TITLE_REACH = 40  # characters in which one word of a title stands
BEFORE_REACH = LONGEST + 10  # characters in which a sentence begins that BEFORE matches whole


class Described(NamedTuple):
    """A description, where the name stands that it goes with, and whether it leads that name
    ("Foreign Minister Wang Yi") rather than following it."""

    text: str
    name: Span
    leads: bool = False


def descriptions(text: str, name: str) -> Iterator[Described]:
    """List how an article describes the bearer of a name, wherever it prints that, in order.

    What stands in a quotation is somebody else's description, and is left out.
    """
    for start, end in mentions(text, name):
        if found := _described(text, (start, end)):
            yield found


def mentions(text: str, name: str) -> Iterator[Span]:
    """List where a text prints a name, quotations left out."""
    first, last, inside = 0, -1, b""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        if found.start() >= last:
            first = text.rfind("\n", 0, found.start()) + 1
            last = text.find("\n", found.start())
            last = last if last >= 0 else len(text)
            inside = bytes(quoted(text[first:last]))
        if not inside[found.start() - first]:
            yield found.span()


def _described(text: str, name: Span) -> Described | None:
    start, end = name
    if what := behind(text, end):
        return Described(what, name)
    if what := title(text, start):
        return Described(what, name, leads=True)
    if what := before(text, start, end):
        return Described(what, name)
    return None


def behind(text: str, end: int) -> str | None:
    """ ", director of the China Program at the Stimson Center," and ", who heads the union,"."""
    if who := WHO.match(text, end):
        return who["what"]
    found = BEHIND.match(text, end)
    if not found or not is_description(SINCE.sub("", what := found["what"].strip())):
        return None
    stop = found.end("what")
    if found["end"] == ",":
        if PLACED.search(what) and (place := PLACE_BEHIND.match(text, stop)):
            return f"{what}{place[0]}"
        # "According to Sun Yun, the president of China, Xi Jinping, …" describes the other.
        if NAME_BEHIND.match(text, stop):
            return None
    elif found["end"].startswith(" ") and not text[end : found.start("what")].startswith(" "):
        return None  # a dash that closes what a comma opened opens something else
    return what


def is_description(what: str) -> bool:
    """Whether words say what somebody is: a noun for a person or a body, with no verb before."""
    main = head(what)
    nouns = words(main)
    if not nouns or not (_may_begin(nouns[0]) or (nouns == [nouns[0]] and OF.match(what))):
        return False
    if nouns[0].endswith("ed") and len(nouns) == 1:
        return False
    if not {"its", "his", "her", "their"}.isdisjoint(nouns[1:]):
        return False  # "the league suspended its president"
    if any(noun in VERBS - TITLES - PERSONS for noun in nouns[1:]):
        return False
    is_body = nouns[0] in ("a", "an") and nouns[-1] in BODIES
    return (nouns[-1] in PERSONS or is_body) and _has_no_clause(what[len(main) :])


def _may_begin(noun: str) -> bool:
    return noun not in NO_BEGINNING and (noun in ADJECTIVES or not noun.endswith("ing"))


def _has_no_clause(rest: str) -> bool:
    return FINITE.isdisjoint(words(CLAUSE.split(rest, maxsplit=1)[0]))


def title(text: str, start: int) -> str | None:
    """ "Chinese Foreign Minister" before a name, and "campaign manager"."""
    taken: list[str] = []
    first = start
    while len(taken) < MOST_TITLE_WORDS and (
        found := TITLE_WORD.search(text, max(0, first - TITLE_REACH), first)
    ):
        word = found[1]
        if not (_goes_with(taken[-1], word) if taken else _is_title(word) or _is_polite(word)):
            break
        taken.append(word)
        first = found.start(1)
    return _trimmed(taken[::-1])


def _is_title(word: str) -> bool:
    return is_person(plain := _plain(word)) or plain in TITLES - UNFINISHED - HONORIFICS


def is_person(noun: str) -> bool:
    """Whether a noun is for what one human being is, also "vice-chancellor" and "mayor-elect"."""
    first, *_, last = noun.split("-") if "-" in noun else (noun, noun)
    return noun in PERSONS or last in PERSONS or (last in BEHIND_NOUN and first in PERSONS)


def _qualifies(word: str) -> bool:
    """Whether a title would say something else without a word: no former minister is one."""
    return _plain(word) in QUALIFYING or word.startswith(("ex-", "non-"))


def _is_polite(word: str) -> bool:
    return _plain(word) in HONORIFICS


def _plain(word: str) -> str:
    return (word.rstrip(".") if SHORTENED.fullmatch(word) else word).lower()


def _goes_with(title: str, word: str) -> bool:
    """Whether a word belongs to the title that it stands before."""
    if not (TITLE_PART.fullmatch(word) or _is_shortened(word)):
        return False
    plain = ELIDED.sub("", _plain(word))
    if plain in NO_TITLES:
        return False
    if word[0].isupper() or plain in TITLES | PERSONS | QUALIFYING:
        return True
    # "Along the way Sen. Roe" begins an office; "campaign manager Roe" goes on with one.
    return title[0].islower() and plain not in VERBS and not plain.endswith(("ed", "ing", "ly"))


def _is_shortened(word: str) -> bool:
    """Whether a full stop is part of a word: "Sen.", "U.S.", but not the end of a sentence."""
    plain = _plain(word)
    is_short = word.count(".") > 1 or plain in TITLES or not is_word(plain)
    return bool(SHORTENED.fullmatch(word)) and is_short


def _trimmed(parts: list[str]) -> str | None:
    """A title without "Mr" and without what may belong to the sentence before it."""
    parts = [part for part in parts if not _is_polite(part)]
    if not parts or not _is_title(parts[-1]) or _plain(" ".join(parts)) in UNFINISHED:
        return None
    while len(parts) > MOST_PLAIN_WORDS and parts[0][0].islower() and not _qualifies(parts[0]):
        parts.pop(0)
    return " ".join(parts)


def sentence_start(text: str, start: int) -> int:
    """Where the sentence begins in which a name stands, or as far before it as is looked at."""
    reach = max(0, start - BEFORE_REACH)
    ends = ((text.rfind(mark, reach, start), mark) for mark in SENTENCE_STARTS)
    return max((at + len(mark) for at, mark in ends if at >= 0), default=reach)


def before(text: str, start: int, end: int) -> str | None:
    """ "The mayor of Norton, Ida Falk," at the beginning of a sentence or behind a verb."""
    if text[end : end + 1] not in (",", "."):
        return None
    found = BEFORE.fullmatch(text, sentence_start(text, start), start)
    if not found or not is_description(what := found["what"]):
        return None
    return what if words(head(what))[-1] in PERSONS else None
