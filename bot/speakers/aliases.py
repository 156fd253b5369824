"""Group the printed names of one speaker. Pure; a doubtful match is no match.

Full names match if their given names agree and both are spelled alike; later given names and
initials may be missing. A name that would match two contradictory ones (John Smith; John A. Smith;
John B. Smith) matches neither. A bare family name, or one with initials, joins a full name if it
fits only that one and two articles print it. One with a title joins if the title is also printed
with the full name, or is the only one and a head's (President Xi). Bodies match by equal words, or
by acronym if an article spells it out. People's rulings override all this, and outlets.yml
overrides the rulings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.config import KnownName
from bot.languages.table import name_parts
from bot.speakers.names import SPELLED_OUT, Name, parse_name
from bot.speakers.rulings import NO_RULINGS, NameRules, Names
from bot.speakers.spelling import fold_name, spelled_alike

MAX_NAMESAKES = 500
"""Full names that share family name and initial; more are not compared, since that would take
minutes and say little."""


# -- which names agree


def _agree(one: Name, other: Name) -> bool:
    """Whether two persons' names can be one person's: nothing in them contradicts."""
    if one.suffix != other.suffix:
        return False
    if "short" in (one.kind, other.kind):
        # A short name says too little to forgive its spelling as well.
        alike, exact = one.family == other.family, True
    else:
        alike = spelled_alike(one.family, other.family)
        exact = not name_parts.COMMON_FAMILY_NAMES.isdisjoint((one.family, other.family))
    return alike and _given_agree(one.given, other.given, exact=exact)


def _given_agree(one: tuple[str, ...], other: tuple[str, ...], *, exact: bool) -> bool:
    """Whether the longer row of given names begins with the shorter: George H. W. Bush is no
    George W. Bush; no given name at all contradicts nothing."""
    return all(_same_given(a, b, exact=exact) for a, b in zip(one, other, strict=False))


def _same_given(one: str, other: str, *, exact: bool) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    return one == other if exact else spelled_alike(one, other)


# -- groups


Tag = tuple[int, int]
"""A list of names that are kept apart, and a position in it."""


class _Pin(NamedTuple):
    """What a newsroom pins: the name shown, the words of all its names, and their tags."""

    name: str
    words: frozenset[tuple[str, ...]]
    apart: frozenset[Tag]


@dataclass(slots=True)
class _Node:
    """Names that are equal but for titles, or that the newsroom pins together."""

    names: list[Name] = field(default_factory=list)
    pin: str | None = None
    apart: frozenset[Tag] = frozenset()

    @property
    def full(self) -> list[Name]:
        return [name for name in self.names if name.kind == "full"]

    @property
    def titles(self) -> set[tuple[str, ...]]:
        return {name.title for name in self.names if name.title}

    def may_meet(self, other: _Node) -> bool:
        """Whether outlets.yml and rulings allow them to be one speaker."""
        if self.pin and other.pin and self.pin != other.pin:
            return False
        return _compatible(self.apart, other.apart)


def _compatible(one: Iterable[Tag], other: Iterable[Tag]) -> bool:
    """Whether no list keeps apart names with these two sets of tags."""
    lists = dict(one)
    return all(lists.get(number, member) == member for number, member in other)


def _forms(known: KnownName) -> list[Name]:
    """All names of a speaker or outlet in outlets.yml, its main name last."""
    # People write aliases small; articles print names with capitals.
    forms = {form for alias in known.aliases for form in (alias, alias.title())}
    return [parse_name(name) for name in (*sorted(forms), known.name)]


def _without_pinned(
    sides: Sequence[Names], owners: Mapping[tuple[str, ...], str]
) -> list[list[str]]:
    """Sides without the names that outlets.yml joins to one on an earlier side."""
    taken: set[str] = set()
    out = []
    for side in sides:
        owned = [(name, owners.get(parse_name(name).core)) for name in side]
        out.append([name for name, owner in owned if owner not in taken])
        taken |= {owner for _, owner in owned if owner}
    return out


class NameGrouper:
    """The rules with a newsroom's own: names `pinned` together, lists of names that are kept
    `apart`, and what people have `ruled`."""

    def __init__(
        self,
        pinned: Iterable[KnownName] = (),
        apart: Iterable[Sequence[str]] = (),
        ruled: NameRules = NO_RULINGS,
    ) -> None:
        self._apart: dict[tuple[str, ...], set[Tag]] = {}
        self._lists = 0
        self._pins: dict[tuple[str, ...], _Pin] = {}
        self._ruled: dict[tuple[str, ...], _Pin] = {}
        self._pinned: dict[str, list[Name]] = {}
        known = [(one.name, _forms(one)) for one in pinned]
        for kept in apart:
            self._keep_apart([(name,) for name in kept])
        self._settled = self._lists
        owners = {name.core: called for called, names in known for name in names}
        for sides in ruled.split:
            self._keep_apart(_without_pinned(sides, owners))
        for called, names in known:
            self._pin(called, names)
        for joined in ruled.merged:
            self._join(list(map(parse_name, joined)))

    def _keep_apart(self, sides: Sequence[Sequence[str]]) -> None:
        number, self._lists = self._lists, self._lists + 1
        names = [(member, parse_name(name)) for member, side in enumerate(sides) for name in side]
        members: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        for member, name in names:
            members[name.identity].add(member)
        for member, name in names:
            self._apart.setdefault(fold_name(name.printed), set()).add((number, member))
            # "John Roe" and "Judge John Roe" are told apart by no more than the title.
            if len(members[name.identity]) == 1:
                self._apart.setdefault(name.identity, set()).add((number, member))

    def _pin(self, called: str, names: Sequence[Name]) -> None:
        pin = _Pin(called, frozenset(name.words for name in names), self._all_tags(names))
        for name in names:
            self._pins[name.core] = pin
            self._pinned.setdefault(name.block, []).append(name)

    def _join(self, names: Sequence[Name]) -> None:
        """Pin names that people have ruled to be one speaker's, to what outlets.yml calls any of
        them. Those that it pins to another, or keeps apart from the first, stay out."""
        first = next((name for name in names if name.core in self._pins), names[0])
        known = self._pins.get(first.core)
        settled = self._settled_tags(first)
        mine = [
            name
            for name in names
            if name.core not in self._pins and _compatible(settled, self._settled_tags(name))
        ]
        apart = self._all_tags(mine) | (known.apart if known else frozenset())
        called = known.name if known else first.printed
        pin = _Pin(called, frozenset(name.words for name in mine), apart)
        for name in mine:
            # A bare family name is not pinned for every title that stands before it.
            self._ruled[name.identity] = pin
            self._pinned.setdefault(name.block, []).append(name)

    def _all_tags(self, names: Iterable[Name]) -> frozenset[Tag]:
        return frozenset(tag for name in names for tag in self._tags(name))

    def _settled_tags(self, name: Name) -> frozenset[Tag]:
        """Those tags that outlets.yml gives."""
        return frozenset(tag for tag in self._tags(name) if tag[0] < self._settled)

    def _tags(self, name: Name) -> frozenset[Tag]:
        keys = (name.words, name.identity)
        return frozenset(tag for key in keys for tag in self._apart.get(key, ()))

    def group(self, printed: Mapping[str, str | None]) -> dict[str, str]:
        """Give each of the names in one block the name that stands for its speaker, the same in
        whatever order they come; each name with the article that prints it, or None where several
        do."""
        given = {name.printed: name for name in map(parse_name, printed)}
        if len(given) == 1 and self._pinned.keys().isdisjoint(n.block for n in given.values()):
            return {name: name for name in given}
        # A pinned name that no article prints still says who is meant by one that agrees with it.
        blocks = {name.block for name in given.values()}
        pinned = {name.printed: name for block in blocks for name in self._pinned.get(block, ())}
        nodes = self._nodes((pinned | given).values())
        bodies = [node for node in nodes if node.names[0].kind == "body"]
        persons = [node for node in nodes if node.names[0].kind != "body"]
        return {
            name.printed: stands
            for together in (*_bodies(bodies), *_persons(persons, printed))
            for stands in [_display_name(together)]
            for node in together
            for name in node.names
            if name.printed in given
        }

    def _nodes(self, names: Iterable[Name]) -> list[_Node]:
        nodes: dict[tuple[object, ...], _Node] = {}
        for name in names:
            tags = self._tags(name)
            pin = self._pins.get(name.core) or self._ruled.get(name.identity)
            if pin and tags and name.words not in pin.words:
                pin = None  # what keeps a name apart goes before what pins a shorter form of it
            is_body = name.kind == "body"
            if pin:
                node = nodes.setdefault((pin.name, is_body), _Node(pin=pin.name))
                node.apart |= pin.apart
            else:
                node = nodes.setdefault((name.identity, is_body, tags), _Node(apart=tags))
            node.names.append(name)
        return list(nodes.values())


def _bodies(nodes: Sequence[_Node]) -> Iterator[list[_Node]]:
    """Bodies by their words; an acronym with the one name for which articles spell it out."""
    spelled: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, node in enumerate(nodes):
        for name in node.names:
            if name.letters and name.words != (name.letters,):
                spelled[(name.letters,)].add(number)
    joined: dict[int, list[_Node]] = {number: [node] for number, node in enumerate(nodes)}
    for number, node in enumerate(nodes):
        meant = set().union(*(spelled.get(name.words, set()) for name in node.names)) - {number}
        if len(meant) == 1 and not node.pin:
            (of,) = meant
            if nodes[of].may_meet(node):
                joined[of].append(joined.pop(number)[0])
    return iter(joined.values())


def _persons(nodes: Sequence[_Node], printed: Mapping[str, str | None]) -> Iterator[list[_Node]]:
    groups = _agreeing_groups([node for node in nodes if node.full])
    joining: dict[int, list[_Node]] = defaultdict(list)
    for node in (node for node in nodes if not node.full):
        number = None if node.pin else _only_group(node, groups)
        if number is None:
            yield [node]
        else:
            joining[number].append(node)
    for number, group in enumerate(groups):
        wanting = joining[number]
        fit = _short_names_of(wanting, group, is_known=_is_established(group, printed))
        yield [*group, *fit]
        yield from ([node] for node in wanting if node not in fit)


def _short_names_of(
    wanting: Sequence[_Node], group: Sequence[_Node], *, is_known: bool
) -> list[_Node]:
    """Those of some short names that join the group for which alone they might stand.

    Coach Roe need not be the Richard Roe whom two articles name, and then Roe may be the coach.
    """
    # Those that contradict one another (J. A. Smith, J. B. Smith) cannot all be right.
    fit = [one for one in wanting if all(_can_be_same(one, other) for other in wanting)]
    titles = {name.title for node in group for name in node.full if name.title}
    sure = [one for one in fit if any(_same_title(t, o) for t in one.titles for o in titles)]
    doubtful = {title for one in wanting if one not in sure for title in one.titles}
    return fit if is_known and (not doubtful or _is_one_head(doubtful)) else sure


def _same_title(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one title is the other's end: president, and Chinese president."""
    least = min(len(one), len(other))
    return one[-least:] == other[-least:]


def _is_one_head(titles: Iterable[tuple[str, ...]]) -> bool:
    heads = {
        title[-1] if title[-1] in name_parts.HEAD_TITLES else "-".join(title[-2:])
        for title in titles
    }
    is_first = not any(name_parts.DEPUTY_WORDS & set(title) for title in titles)
    return is_first and len(heads) == 1 and heads <= name_parts.HEAD_TITLES


def _is_established(group: Sequence[_Node], printed: Mapping[str, str | None]) -> bool:
    """Whether the newsroom pins a full name, or two articles print it: one that a single article
    prints once may be anybody's."""
    articles = {printed[n.printed] for node in group for n in node.full if n.printed in printed}
    return None in articles or len(articles) > 1 or any(node.pin for node in group)


def _agreeing_groups(nodes: Sequence[_Node]) -> list[list[_Node]]:
    """Group the full names that agree with exactly the same ones, one another among them.

    So a group holds no two that contradict, and no name stands between two that do.
    """
    by_start: dict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        for start in {name.given[0][0] for name in node.full}:
            by_start[start].append(number)
    near: list[set[int]] = [{number} for number in range(len(nodes))]
    for together in by_start.values():
        if len(together) > MAX_NAMESAKES:
            continue
        for at, one in enumerate(together):
            for other in together[at + 1 :]:
                if _can_be_same(nodes[one], nodes[other]):
                    near[one].add(other)
                    near[other].add(one)
    groups: dict[frozenset[int], list[_Node]] = defaultdict(list)
    for number, node in enumerate(nodes):
        groups[frozenset(near[number])].append(node)
    return list(groups.values())


def _can_be_same(one: _Node, other: _Node) -> bool:
    """Whether two nodes can be one speaker's; of a pinned one, one full name must agree."""
    return one.may_meet(other) and any(
        _agree(a, b) for a in one.full or one.names for b in other.full or other.names
    )


def _only_group(node: _Node, groups: Sequence[Sequence[_Node]]) -> int | None:
    """The group with all of which a short name agrees, if it agrees with no other's."""
    near = [n for n, group in enumerate(groups) if any(_can_be_same(node, full) for full in group)]
    if len(near) != 1 or _too_common(node):
        return None
    return near[0] if all(_can_be_same(node, full) for full in groups[near[0]]) else None


def _too_common(node: _Node) -> bool:
    """Whether a family name that many have stands alone, or with no more than an initial."""
    return any(
        len(name.given) < 2 and name.family in name_parts.COMMON_FAMILY_NAMES for name in node.names
    )


def _display_name(group: Sequence[_Node]) -> str:
    """The name that stands for a group: as pinned, or the fullest of its own, one without a
    title if there is any."""
    if pins := sorted({node.pin for node in group if node.pin}):
        return pins[0]
    names = [name for node in group for name in node.names]
    printed = [name for name in names if not SPELLED_OUT.fullmatch(name.printed)]
    return min(printed or names, key=_display_order).printed


def _display_order(name: Name) -> tuple[int, int, int, str]:
    return -len(name.identity), len(name.words), len(name.printed), name.printed
