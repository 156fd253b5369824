"""Polarity: a content cut into its clauses, each with what it says and whether it says that it is
so. Pure.

A negation turns its own clause, a denial also those that are joined to it. Where words leave open
whether something is so ("could not say"), so does the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from bot.model import Span
from bot.search.wordings import PRESENT, numbers, telling_stem, wording
from bot.search.words import normal, stem
from bot.text.negation import (
    DENIAL,
    FAILING,
    FALSEHOOD,
    NEGATIONS,
    NO_NEGATION,
    ORDERED,
    STATEMENTS,
    UNDECIDED,
)
from bot.text.opposites import OPPOSITES

_JOINT = re.compile(
    r"\s*[;:—–]\s*|\s+-+\s+|[.!?]\s+(?=[A-Z“\"‘])"
    r"|,?\s+(?=(?:and|but|because|since|while|although|though|when|whereas|without|despite)\b)"
    r"|,\s+(?=(?:not|on|in|at|by|with|from|so|who|which|he|she|they|we|it|i|\w+ing|never)\b)",
    re.IGNORECASE,
)
"""Where one clause ends and the next one begins; it may only be a part of one."""
_COORDINATED = re.compile(r"\W*(?:and|but)\b", re.IGNORECASE)
_ENDS_DENIAL = re.compile(
    r"\W*(?:but|because|since|so|while|although|though|whereas"
    r"|(?:and )?(?:sa(?:id|ying)|add(?:ed|ing)|giv(?:en|ing)|insist(?:ed|ing)|call(?:ed|ing)))\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\W*(?:when|while|because|since|although|though|whereas|if|as|which|who|whose|where|despite"
    r"|including|to|not \w+ing)\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"^\W*(?:and |but )?(?:it|there|this|that)\W*$")
_STOP = re.compile(r"[.?!]+(?=[^\w\s]*(?:\s+[^\w\s]*[A-Z]|\s*$))")
_NAME = re.compile(r"(?<![.?!“\"‘'])(?<=\s)[“\"‘'(]*([A-ZÀ-Þ][\w-]*)")
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = (
    "january february march april june july august september october november december "
    "jan feb apr jun jul aug sept oct nov dec"
)
DATES = frozenset((*_WEEKDAYS.split(), *_MONTHS.split()))
_LITTLE = frozenset(
    (
        *("any", "anybody", "anyone", "anything", "ever", "all", "at", "cent", "penny", "single"),
        *("whit", "word", "otherwise", "so", "such", "every", "each", "some", "there", "not"),
        *("still", "now", "already", "just", "only", "fact", "truth", "time", "s", "t", "d", "ll"),
        *("re", "ve", "while", "because", "since", "although", "though", "however", "mr", "mrs"),
        *("ms", "dr", "sir", "dame", "doing", "done", "did", "body", "link", "other", "upon"),
        *("up", "down", "into", "after", "before", "until", "during", "between", "about"),
    )
)
"""Words that tell nothing by which two clauses could be of one matter."""
_AUXILIARY = frozenset(
    (
        *("is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does"),
        *("did", "will", "would", "can", "could", "may", "might", "shall", "should", "must", "to"),
        *(
            "not",
            "never",
            "ll",
            "i",
            "we",
            "he",
            "she",
            "they",
            "it",
            "you",
            "who",
            "nobody",
            "gone",
        ),
    )
)
_OPPOSITE: dict[str, list[str]] = {}
for _pair in OPPOSITES:
    for _one, _other in (_pair, _pair[::-1]):
        _OPPOSITE.setdefault(stem(_one), []).append(stem(_other))
_PREFIX = re.compile(r"(?:un|in|im|dis|non|ir|il)(?=[a-z]{4})")
_PAST = re.compile(
    r"[a-z]{2,}ed|let|put|cut|hit|set|shut|cost|hurt|quit|beat|cast|burst|split|spread|read|shed"
)


@dataclass(frozen=True)
class Clause:
    """A clause of a content, at `span` of its text.

    `is_so` says whether what it tells is said to be so, None where that is open; `is_denied`
    whether a denial is among the reasons. `is_coordinated` says that it stands beside the one
    before, and is no circumstance of it.
    """

    span: Span
    parts: tuple[str, ...]
    is_so: bool | None
    is_turned: bool
    is_denied: bool
    is_coordinated: bool
    is_subordinate: bool
    names: frozenset[str]

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The stems that tell something, in order."""
        return tuple(filter(None, map(_telling, self.parts)))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The same, once each."""
        return frozenset(self.told)

    @cached_property
    def predicates(self) -> frozenset[str]:
        """The stems that may be what is said of something: a verb, or what it is."""
        return frozenset(_predicates(self.parts))

    @cached_property
    def turned_first(self) -> frozenset[str]:
        """The stems that stand nearest behind its negations."""
        return frozenset(_turned_first(self.parts))

    @cached_property
    def excluded(self) -> frozenset[str]:
        """The stems of what there is none of: "no cracks", "not any sludge"."""
        return frozenset(_excluded(self.parts))

    @cached_property
    def definite(self) -> frozenset[str]:
        """The stems of what is taken for known: "the house", "his car"."""
        return frozenset(_definite(self.parts))

    @cached_property
    def bases(self) -> tuple[tuple[str, str], ...]:
        """Its stems with a negative prefix or ending, each with that of the word without it:
        "unsafe" and "safe"."""
        return tuple(pair for part in self.parts for pair in bases_of(part))

    @cached_property
    def owned(self) -> frozenset[tuple[str, str]]:
        """What is his or hers: "her dog"."""
        return frozenset(
            (part, _telling(after))
            for part, after in pairwise(self.parts)
            if part in ("his", "her")
        )

    @cached_property
    def opposites(self) -> tuple[tuple[str, str], ...]:
        """Its stems of which there is an opposite, each with each of these."""
        return tuple((one, other) for one in self.told for other in opposites_of(one))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Its numbers."""
        return frozenset(numbers(self.parts))

    @cached_property
    def dates(self) -> frozenset[str]:
        """Its weekdays and months."""
        return frozenset(part for part in self.parts if part in DATES)


@lru_cache(maxsize=20_000)
def clauses(text: str, *, is_denied: bool = False) -> tuple[Clause, ...]:
    """Cut a content into its clauses; `is_denied` says that its cue denies it."""
    out: list[Clause] = []
    for start, end in _cut(text):
        printed = text[start:end]
        if is_denied and start and _ENDS_DENIAL.match(printed):
            is_denied = False
        folded = " ".join(normal(printed).replace("n't", " not").split())
        denials = DENIAL.findall(folded)
        # "Dismissed as baseless" denies once.
        begins = bool(FALSEHOOD.match(folded)) and is_denied and not start
        is_denied_here = is_denied != bool((len(denials) - begins) % 2)
        parts = wording(_bare(folded) if denials else printed).parts
        is_open = _is_asked(text, start) or (
            not denials and bool(UNDECIDED.search(folded) or ORDERED.search(folded))
        )
        negations = _negations(_bare(folded))
        is_so = None if is_open else (negations + is_denied_here) % 2 == 0
        is_denied = is_denied or bool(denials)
        names = frozenset(normal(name) for name in _NAME.findall(printed))
        names -= DATES | {"i"}
        is_coordinated = bool(_COORDINATED.match(printed))
        is_turned = negations > 0 or any(map(bases_of, parts))
        out.append(
            Clause(
                span=(start, end),
                parts=parts,
                is_so=is_so,
                is_turned=is_turned,
                is_denied=is_denied_here,
                is_coordinated=is_coordinated,
                is_subordinate=bool(_SUBORDINATE.match(printed)),
                names=names,
            )
        )
    return tuple(out)


def _is_asked(text: str, start: int) -> bool:
    """Whether the sentence in which a clause begins is a question."""
    end = _STOP.search(text, start)
    return end is not None and "?" in end[0]


def _cut(text: str) -> Iterator[Span]:
    start = 0
    for joint in _JOINT.finditer(text):
        if joint.start() > start and any(map(str.isalnum, text[start : joint.start()])):
            yield start, joint.start()
            start = joint.end()
    if start < len(text):
        yield start, len(text)


def _bare(folded: str) -> str:
    """A clause without what denies it, and without the word for what is denied."""
    before = DENIAL.sub(" | ", folded)
    head, bar, rest = before.partition("|")
    head = _EMPTY.sub("", head) if bar else head
    words = rest.split()
    lead = [n for n, word in enumerate(words[:4]) if word in STATEMENTS]
    return " ".join([*head.split(), *(words[lead[0] + 1 :] if bar and lead else words)])


def _negations(folded: str) -> int:
    """How often a folded clause says "not"."""
    folded = NO_NEGATION.sub(" ", folded)
    words = re.findall(r"[a-z]+", folded)
    found: int = sum(word in NEGATIONS and word != "nor" for word in words)
    found += sum(1 for _ in FAILING.finditer(folded))
    if "nor" in words and "neither" not in words:
        found += 1
    # "Not one", "no, never": said twice for force.
    if found > 1 and {"no", "never"} <= set(words):
        found -= 1
    return found


@lru_cache(maxsize=100_000)
def _telling(part: str) -> str:
    return "" if part in _LITTLE or part in NEGATIONS else telling_stem(part)


def _predicates(parts: tuple[str, ...]) -> Iterator[str]:
    follows = False
    for part in parts:
        if part in _AUXILIARY:
            follows = True
        elif part in ("not", "never"):
            continue
        elif one := _telling(part):
            if follows or part in PRESENT or _PAST.fullmatch(part):
                yield one
            follows = False


def _turned_first(parts: tuple[str, ...]) -> Iterator[str]:
    reach, before = 0, ""
    for part, after in zip(parts, (*parts[1:], ""), strict=True):
        if part in NEGATIONS or (after == "to" and FAILING.fullmatch(f"{part} to")):
            reach = 2
            if before:
                yield before
        elif one := _telling(part):
            before = one
            if reach:
                yield one
                reach -= 1


def _excluded(parts: tuple[str, ...]) -> Iterator[str]:
    reach = 0
    for part in parts:
        if part in ("no", "any", "none", "neither", "nobody"):
            reach = 2
        elif reach and (one := _telling(part)):
            yield one
            reach -= 1


def _definite(parts: tuple[str, ...]) -> Iterator[str]:
    reach = 0
    for part in parts:
        if part in ("the", "his", "her", "its", "their", "our", "my", "this", "that", "these"):
            reach = 3
        elif reach and (one := _telling(part)):
            yield one
            reach -= 1
        else:
            reach = 0


def opposites_of(one: str) -> Sequence[str]:
    """The stems of the opposites of a word, by its stem."""
    return _OPPOSITE.get(one, ())


@lru_cache(maxsize=100_000)
def bases_of(word: str) -> tuple[tuple[str, str], ...]:
    """The stem of a word with a negative prefix or ending, and that of the word without it."""
    out = []
    if found := _PREFIX.match(word):
        out.append((_telling(word), stem(word[found.end() :])))
    if word.endswith("less") and len(word) > 6:
        out.append((_telling(word), stem(word[:-4])))
    return tuple(out)
