"""From the words that name a source to the speaker behind them.

Rules in the order in which they are tried: pronouns, joint sources, persons by title, surname or
role, bodies by abbreviation or last word, descriptions by an earlier, longer one. What no rule is
sure of stays as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.extract.chains import around, chain
from bot.extract.lexicon import (
    DETERMINERS,
    GROUPS,
    NEUTER,
    NOT_NAMES,
    NOT_PERSONS,
    PERSONAL,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    UNNAMED,
    UNNAMED_HEADS,
    words,
)
from bot.extract.names import CAPITAL, POSSESSIVE, RUN, Names, bare
from bot.extract.passages import Passage
from bot.extract.quotes import quoted
from bot.extract.repair import Draft, said
from bot.extract.sentences import sentences
from bot.model import SourceKind, Span

MADE_BY = re.compile(
    r"\b(?:released|issued|published|written|posted|made|commissioned|conducted) by (?P<by>.+)$"
)
PARENTHESIS = re.compile(r"\s*\([^()]*\)")
APPOSED = re.compile(r",\s")
POSTMODIFIER = re.compile(
    r"\s(?:of|for|in|at|on|with|from|to|by|who|which|that|whose|familiar|close|involved|speaking|"
    r"briefed|asking|including|near|inside|within|under|over|about|against|working|based)\s"
)
BOTH = re.compile(r"^[Bb]oth (?=.* and )")
TWO = re.compile(r"^(?:the two|both)(?: \w+)?$", re.IGNORECASE)
NAME_BEFORE = re.compile(rf"({CAPITAL}(?: {CAPITAL})*),?\s*$")
COMMON = PRONOUNS | DETERMINERS | UNNAMED_HEADS | GROUPS
PASSAGES_BACK = 2  # how far a pronoun looks for its antecedent


class Speaker(NamedTuple):
    """Who spoke, how the source gives them, and who stands between (as in Attribution.via)."""

    name: str | None
    kind: SourceKind
    via: tuple[str, ...]


@dataclass(slots=True)
class Speakers:
    """Resolve an article's sources in reading order: `resolve` remembers what it has found."""

    text: str
    names: Names
    passages: Sequence[Passage]
    _said: list[tuple[Draft, str, SourceKind]] = field(default_factory=list)
    _described_as: dict[str, str] = field(default_factory=dict)

    def resolve(self, draft: Draft) -> Speaker:
        """Name the speaker of an attribution, and who stands between them and the article."""
        if not draft.source:
            return Speaker(None, "none", ())
        printed = said(self.text, draft.source)
        via: tuple[str, ...] = ()
        if link := chain(self.text, draft):
            other = self.text[slice(*link.who)]
            printed, between = (other, printed) if link.is_speaker else (printed, other)
            via = (self.name(between, draft),)
        speaker = self.name(printed, draft)
        kind = source_kind(speaker)
        beside = " ".join(self.text[start:end] for start, end in around(self.text, draft))
        if kind == "described" and UNNAMED.search(beside):
            kind = "unnamed"
        self._remember(draft, speaker, kind)
        return Speaker(speaker, kind, via)

    def name(self, printed: str, draft: Draft) -> str:
        """Name whom printed words mean at the place of an attribution."""
        core = self._core(printed)
        lower = core.lower()
        if lower in PRONOUNS:
            return self._antecedent(lower, draft) or core
        if TWO.match(core):
            return self.names.joint(draft.source[0][0]) or core
        parts = core.split(" and ")
        if len(parts) == 2 and all(part.strip() for part in parts):
            return " and ".join(self._single(part, draft) for part in parts)
        return self._single(core, draft)

    def _remember(self, draft: Draft, speaker: str, kind: SourceKind) -> None:
        self._said.append((draft, speaker, kind))
        head = _head(speaker).split()
        if " and " not in speaker and len(head) > 1:
            self._described_as[head[-1]] = speaker

    def _core(self, printed: str) -> str:
        """Take appositions, possessives and punctuation off a source."""
        core = " ".join(PARENTHESIS.sub(" ", printed).split()).strip(" ,;:—–-")
        if made := MADE_BY.search(core):
            core = made["by"]
        core = BOTH.sub("", core)
        head, *rest = APPOSED.split(core, maxsplit=1)
        listed = rest and rest[0][:1].isupper() and " and " in rest[0]
        if rest and RUN.fullmatch(rest[0]) and source_kind(head) != "named":
            core = rest[0]  # "the mayor, Ana Lund"
        elif rest and not listed and head.lower() not in DETERMINERS:
            core = head
        core = POSSESSIVE.sub("", core).strip(" ,") if core.endswith(("’s", "'s")) else core
        return core or printed

    def _single(self, core: str, draft: Draft) -> str:
        known = self._person(core, draft) or self._body(core) or self._described(core, draft)
        return known or _uncapitalised(core)

    def _person(self, core: str, draft: Draft) -> str | None:
        runs = list(RUN.finditer(core))
        if runs and runs[-1].end() == len(core) and not POSTMODIFIER.search(core):
            name = bare(runs[-1][0])[1]
            self.names.speaks(name)
            if person := self.names.person(name):
                return person
        parts = core.split()
        if len(parts) == 2 and parts[0].lower() == "the":
            return self.names.in_role(parts[1].lower(), draft.start)
        return None

    def _body(self, core: str) -> str | None:
        parts = core.split()
        article = parts[0].lower() == "the"
        name = parts[-1]
        if len(parts) != 1 + article or name.lower() in NOT_NAMES:
            return None
        if not article and not name.isupper():
            return None
        full = self.names.body(name)
        return f"the {full}" if full and article else full

    def _described(self, core: str, draft: Draft) -> str | None:
        """Find the longer description that "the advisers" takes up."""
        parts = core.split()
        if len(parts) != 2 or parts[0].lower() not in ("the", "these", "those"):
            return None
        return self._described_as.get(parts[1].lower())

    def _antecedent(self, pronoun: str, draft: Draft) -> str | None:
        if pronoun in RELATIVE:
            return self._before_relative(draft)
        if pronoun in PERSONAL:
            return self._person_before(pronoun, draft)
        near = self._passages_before(draft.passage.start)
        first = near[0][0] if near else draft.passage.start
        for earlier, speaker, kind in reversed(self._said):
            if earlier.start < first:
                break
            if pronoun in PLURAL and _plural(speaker):
                return speaker
            if pronoun in NEUTER and self._is_body(speaker, kind):
                return speaker
        return None

    def _is_body(self, speaker: str, kind: SourceKind) -> bool:
        if kind == "named":
            return self.names.person(speaker) is None
        return not NOT_PERSONS.isdisjoint(words(speaker))

    def _before_relative(self, draft: Draft) -> str | None:
        start = draft.source[0][0]
        found = NAME_BEFORE.search(self.text[draft.passage.start : start])
        return self._single(found[1], draft) if found else None

    def _person_before(self, pronoun: str, draft: Draft) -> str | None:
        """Look back, sentence by sentence, for who spoke there or is named first."""
        start, place = draft.passage.start, draft.source[0][0]
        for first, last in self._sentences_before(start, place):
            for earlier, speaker, _ in reversed(self._said):
                if earlier.start < first:
                    break
                person = self.names.person(speaker)
                if person and earlier.start < last and self.names.fits(person, pronoun):
                    return person
            inside = quoted(self.text[first:last])
            for mention in self.names.persons(first, last):
                if not inside[mention.start - first] and self.names.fits(mention.person, pronoun):
                    return mention.person
        return None

    def _sentences_before(self, start: int, place: int) -> list[Span]:
        """List the sentences before a place, nearest first, in its passage and those before."""
        found: list[Span] = []
        for first, end in (*self._passages_before(start), (start, place)):
            found += [(first + s, first + e) for s, e in sentences(self.text[first:end])]
        return found[::-1]

    def _passages_before(self, start: int) -> list[Span]:
        at = bisect_left(self.passages, start, key=lambda passage: passage.start)
        near = self.passages[max(0, at - PASSAGES_BACK) : at]
        return [(passage.start, passage.end) for passage in near if passage.kind == "text"]


def source_kind(speaker: str) -> SourceKind:
    """Tell whether a speaker is named, described ("policy advisers") or unnamed ("a source")."""
    heads = [_head(part) for part in speaker.split(" and ")]
    last = [head.split()[-1] for head in heads if head.split()]
    low = {word.lower() for word in last}
    if any(word[:1].isupper() and word.lower() not in COMMON for word in last):
        return "named"
    if low & (UNNAMED_HEADS | PRONOUNS) or UNNAMED.search(speaker):
        return "unnamed"
    return "described"


def _head(speaker: str) -> str:
    return POSTMODIFIER.split(f"{speaker} ", maxsplit=1)[0].strip(" ,")


def _plural(speaker: str) -> bool:
    return " and " in speaker or _head(speaker).lower().endswith(("s", "people", "police", "men"))


def _uncapitalised(core: str) -> str:
    """Undo the capital that only a sentence's beginning gave: "The advisers", "People"."""
    first = core.split()[0].lower()
    common = first in COMMON - PRONOUNS
    return core[0].lower() + core[1:] if common and source_kind(core) != "named" else core
