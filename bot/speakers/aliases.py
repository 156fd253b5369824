"""Group the printed names of each speaker. No side effects; doubtful matches are rejected.

Full names match if their given names agree and both are spelled alike; later given names and
initials may be missing. A name that would match two incompatible names matches neither: John Smith
is neither John A. Smith nor John B. Smith. A family name, alone or with initials, joins a full name
if it matches no other and two articles print the full name. A family name with a title joins if the
title is also printed with the full name, or if no other title is printed with the family name and
this one is a head of state's or government's (President Xi). Organisations match by equal words, or
by an acronym that an article spells out. Users' rulings override all this, and outlets.yml
overrides the rulings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from bot.config import KnownName
from bot.languages.table import LISTS
from bot.speakers.names import NAME_WITH_ACRONYM, Name, parse_name
from bot.speakers.rulings import NO_RULINGS, NameRules, Names
from bot.speakers.spelling import fold_name, spelled_alike

MAX_NAMESAKES = 500
"""If more full names share a family name and an initial, none of them are compared: that would take
minutes, and such names say little."""


# -- matching names


def _names_match(name: Name, other: Name) -> bool:
    """Whether two names of people may belong to the same person."""
    if name.suffix != other.suffix:
        return False
    if "short" in (name.kind, other.kind):
        # Short names are too ambiguous to allow for spelling variants.
        alike, exact = name.family == other.family, True
    else:
        alike = spelled_alike(name.family, other.family)
        exact = not LISTS["common_family_names"].isdisjoint((name.family, other.family))
    return alike and all(
        _given_names_match(given, other_given, exact=exact)
        for given, other_given in zip(name.given, other.given, strict=False)
    )


def _given_names_match(given: str, other: str, *, exact: bool) -> bool:
    if len(given) == 1 or len(other) == 1:
        return given[:1] == other[:1]
    return given == other if exact else spelled_alike(given, other)


# -- grouping names


Key = tuple[str, ...]
"""Folded words that identify a name, or are its title."""


class SplitSide(NamedTuple):
    """A side that a name is on: the indexes of a split and of its side."""

    split: int
    side: int


class _Pin(NamedTuple):
    """A group of names fixed by the newsroom: the display name, and the names' words and sides."""

    display_name: str
    words: frozenset[Key]
    split_sides: frozenset[SplitSide]


@dataclass(slots=True)
class _Node:
    """Names that differ only in their titles, or that the newsroom has pinned together."""

    names: list[Name] = field(default_factory=list)
    pin: str | None = None
    split_sides: frozenset[SplitSide] = frozenset()

    @property
    def full(self) -> list[Name]:
        return [name for name in self.names if name.kind == "full"]

    @property
    def titles(self) -> set[Key]:
        return {name.title for name in self.names if name.title}

    def may_join(self, other: _Node) -> bool:
        """Whether outlets.yml and rulings allow the nodes to be one speaker."""
        if self.pin and other.pin and self.pin != other.pin:
            return False
        return _are_compatible(self.split_sides, other.split_sides)

    def matches(self, other: _Node) -> bool:
        """Whether the nodes may be one speaker; one matching pair of names is enough."""
        return self.may_join(other) and any(
            _names_match(name, other_name)
            for name in self.full or self.names
            for other_name in other.full or other.names
        )


def _are_compatible(split_sides: Iterable[SplitSide], others: Iterable[SplitSide]) -> bool:
    """Whether these sides agree with the others: no split has them on different sides."""
    sides = dict(split_sides)
    return all(sides.get(split, side) == side for split, side in others)


def _known_forms(known: KnownName) -> list[Name]:
    """Return all names of a speaker or outlet in outlets.yml, the main name last."""
    # Users often write aliases in lower case; articles print names with capitals.
    forms = {form for alias in known.aliases for form in (alias, alias.title())}
    return [parse_name(name) for name in (*sorted(forms), known.name)]


def _without_names_pinned_to_earlier_sides(
    sides: Sequence[Names], pinned_display_names: Mapping[Key, str]
) -> list[list[str]]:
    """Remove from each side every name that outlets.yml groups with a name on an earlier side.

    `pinned_display_names` are the display names in outlets.yml.
    """
    earlier: set[str] = set()
    remaining = []
    for side in sides:
        pairs = [(name, pinned_display_names.get(parse_name(name).without_title)) for name in side]
        remaining.append([name for name, display_name in pairs if display_name not in earlier])
        earlier |= {display_name for _, display_name in pairs if display_name}
    return remaining


class NameGrouper:
    """Groups names by the rules of this module and a newsroom's own.

    `known_names` are the groups of names in outlets.yml, and `kept_apart` its lists of names that
    are different speakers. `rules` come from users' rulings.
    """

    def __init__(
        self,
        known_names: Iterable[KnownName] = (),
        kept_apart: Iterable[Sequence[str]] = (),
        rules: NameRules = NO_RULINGS,
    ) -> None:
        self._split_sides_by_key: defaultdict[Key, set[SplitSide]] = defaultdict(set)
        self._split_count = 0
        self._pins: dict[Key, _Pin] = {}
        self._ruled_pins: dict[Key, _Pin] = {}
        self._pinned_by_block: defaultdict[str, list[Name]] = defaultdict(list)
        known_forms = [(group.name, _known_forms(group)) for group in known_names]
        for names in kept_apart:
            self._add_split([(name,) for name in names])
        self._configured_split_count = self._split_count
        display_names = {
            name.without_title: display_name
            for display_name, forms in known_forms
            for name in forms
        }
        for sides in rules.split:
            self._add_split(_without_names_pinned_to_earlier_sides(sides, display_names))
        for display_name, forms in known_forms:
            self._pin(display_name, forms)
        for merged in rules.merged:
            self._merge(list(map(parse_name, merged)))

    def _add_split(self, sides: Sequence[Sequence[str]]) -> None:
        parsed = [(side, parse_name(name)) for side, names in enumerate(sides) for name in names]
        sides_by_identity: defaultdict[Key, set[int]] = defaultdict(set)
        for side, name in parsed:
            sides_by_identity[name.identity].add(side)
        for side, name in parsed:
            split_side = SplitSide(self._split_count, side)
            self._split_sides_by_key[fold_name(name.printed)].add(split_side)
            # "John Roe" and "Judge John Roe" differ only in the title.
            if len(sides_by_identity[name.identity]) == 1:
                self._split_sides_by_key[name.identity].add(split_side)
        self._split_count += 1

    def _pin(self, display_name: str, names: Sequence[Name]) -> None:
        pin = _Pin(
            display_name, frozenset(name.words for name in names), self._all_split_sides(names)
        )
        for name in names:
            self._pins[name.without_title] = pin
            self._pinned_by_block[name.block].append(name)

    def _merge(self, names: Sequence[Name]) -> None:
        """Pin names that users have merged, under the name that outlets.yml gives any of them.

        Names that outlets.yml pins elsewhere, or keeps apart from the first one, are left out.
        """
        first = next((name for name in names if name.without_title in self._pins), names[0])
        pin = self._pins.get(first.without_title) or _Pin(first.printed, frozenset(), frozenset())
        first_split_sides = self._configured_split_sides(first)
        joined = [
            name
            for name in names
            if name.without_title not in self._pins
            and _are_compatible(first_split_sides, self._configured_split_sides(name))
        ]
        words = frozenset(name.words for name in joined)
        pin = _Pin(pin.display_name, words, self._all_split_sides(joined) | pin.split_sides)
        for name in joined:
            # Keyed by identity, so that a family name is not pinned with every title.
            self._ruled_pins[name.identity] = pin
            self._pinned_by_block[name.block].append(name)

    def _all_split_sides(self, names: Iterable[Name]) -> frozenset[SplitSide]:
        return frozenset(side for name in names for side in self._split_sides(name))

    def _configured_split_sides(self, name: Name) -> frozenset[SplitSide]:
        """Return the sides that a name is on in the splits of outlets.yml, which come first."""
        sides = self._split_sides(name)
        return frozenset(side for side in sides if side.split < self._configured_split_count)

    def _split_sides(self, name: Name) -> frozenset[SplitSide]:
        by_key = self._split_sides_by_key
        return frozenset(by_key.get(name.words, ())) | frozenset(by_key.get(name.identity, ()))

    def group(self, only_article_by_name: Mapping[str, str | None]) -> dict[str, str]:
        """Map each printed name to its speaker's display name.

        The names are all of one block (see `Name.block`); their order does not matter.
        `only_article_by_name` maps them to the only article that prints them, or None if several
        do.
        """
        parsed = {name: parse_name(name) for name in only_article_by_name}
        blocks = {name.block for name in parsed.values()}
        if len(parsed) == 1 and self._pinned_by_block.keys().isdisjoint(blocks):
            return {name: name for name in parsed}
        # Pinned names that no article prints show which printed names belong together.
        pinned = {
            name.printed: name for block in blocks for name in self._pinned_by_block.get(block, ())
        }
        nodes = self._nodes((pinned | parsed).values())
        organisations = [node for node in nodes if node.names[0].kind == "organisation"]
        people = [node for node in nodes if node.names[0].kind != "organisation"]
        display_names: dict[str, str] = {}
        for group in (
            *_group_organisations(organisations),
            *_group_people(people, only_article_by_name),
        ):
            display_name = _display_name(group)
            names = (name.printed for node in group for name in node.names)
            display_names |= {name: display_name for name in names if name in parsed}
        return display_names

    def _nodes(self, names: Iterable[Name]) -> list[_Node]:
        nodes: dict[tuple[object, ...], _Node] = {}
        for name in names:
            split_sides = self._split_sides(name)
            pin = self._pins.get(name.without_title) or self._ruled_pins.get(name.identity)
            if pin and split_sides and name.words not in pin.words:
                pin = None  # a split of this name has priority over a pin of a shorter form
            is_organisation = name.kind == "organisation"
            if pin:
                key: tuple[object, ...] = pin.display_name, is_organisation
                node = nodes.setdefault(key, _Node(pin=pin.display_name))
                node.split_sides |= pin.split_sides
            else:
                node = nodes.setdefault(
                    (name.identity, is_organisation, split_sides), _Node(split_sides=split_sides)
                )
            node.names.append(name)
        return list(nodes.values())


def _group_organisations(nodes: Sequence[_Node]) -> Iterable[list[_Node]]:
    """Group organisations by their words, and an acronym with the only name it is printed with."""
    by_acronym: dict[Key, set[int]] = defaultdict(set)
    for index, node in enumerate(nodes):
        for name in node.names:
            if name.acronym and name.words != (name.acronym,):
                by_acronym[(name.acronym,)].add(index)
    groups = {index: [node] for index, node in enumerate(nodes)}
    for index, node in enumerate(nodes):
        expansions = set().union(*(by_acronym.get(name.words, set()) for name in node.names))
        expansions.discard(index)
        if len(expansions) == 1 and not node.pin:
            (expansion,) = expansions
            if nodes[expansion].may_join(node):
                groups[expansion] += groups.pop(index)
    return groups.values()


def _group_people(
    nodes: Sequence[_Node], only_article_by_name: Mapping[str, str | None]
) -> Iterator[list[_Node]]:
    groups = _group_full_names([node for node in nodes if node.full])
    short: dict[int, list[_Node]] = defaultdict(list)
    for node in (node for node in nodes if not node.full):
        index = None if node.pin else _only_matching_group(node, groups)
        if index is None:
            yield [node]
        else:
            short[index].append(node)
    for index, group in enumerate(groups):
        joining = _joining_short_names(short[index], group, only_article_by_name)
        yield [*group, *joining]
        yield from ([node] for node in short[index] if node not in joining)


def _joining_short_names(
    short: Sequence[_Node], group: Sequence[_Node], only_article_by_name: Mapping[str, str | None]
) -> list[_Node]:
    """Return the short names that may join a group, out of those that match it.

    If Coach Roe may be somebody else than Richard Roe, then "Roe" is ambiguous, too.
    """
    # Short names that do not match each other (J. A. Smith, J. B. Smith) are all rejected.
    compatible = [node for node in short if all(node.matches(other) for other in short)]
    titles = {name.title for node in group for name in node.full if name.title}
    certain = [
        node
        for node in compatible
        if any(_same_title(title, other) for title in node.titles for other in titles)
    ]
    doubtful = {title for node in short if node not in certain for title in node.titles}
    is_clear = not doubtful or _belong_to_one_leader(doubtful)
    return compatible if is_clear and _is_established(group, only_article_by_name) else certain


def _same_title(title: Key, other: Key) -> bool:
    """Whether one title ends with the other: Chinese president, president."""
    length = min(len(title), len(other))
    return title[-length:] == other[-length:]


def _belong_to_one_leader(titles: Iterable[Key]) -> bool:
    """Whether the titles all belong to one head of state or government, and not to a deputy."""
    leaders = {
        title[-1] if title[-1] in LISTS["head_titles"] else "-".join(title[-2:]) for title in titles
    }
    has_deputy = any(LISTS["deputy_words"] & set(title) for title in titles)
    return not has_deputy and len(leaders) == 1 and leaders <= LISTS["head_titles"]


def _is_established(group: Sequence[_Node], only_article_by_name: Mapping[str, str | None]) -> bool:
    """Whether a full name is pinned or in two articles; a name in only one may be anyone's."""
    printed_in = {
        only_article_by_name[name.printed]
        for node in group
        for name in node.full
        if name.printed in only_article_by_name
    }
    return None in printed_in or len(printed_in) > 1 or any(node.pin for node in group)


def _group_full_names(nodes: Sequence[_Node]) -> list[list[_Node]]:
    """Group the nodes that match exactly the same nodes, including each other.

    So no group contains two incompatible names, and no name matches two incompatible ones.
    """
    by_initial: dict[str, list[int]] = defaultdict(list)
    for index, node in enumerate(nodes):
        for initial in {name.given[0][0] for name in node.full}:
            by_initial[initial].append(index)
    matches: list[set[int]] = [{index} for index in range(len(nodes))]
    for indexes in by_initial.values():
        if len(indexes) > MAX_NAMESAKES:
            continue
        for index, other in combinations(indexes, 2):
            if nodes[index].matches(nodes[other]):
                matches[index].add(other)
                matches[other].add(index)
    groups: dict[frozenset[int], list[_Node]] = defaultdict(list)
    for index, node in enumerate(nodes):
        groups[frozenset(matches[index])].append(node)
    return list(groups.values())


def _only_matching_group(node: _Node, groups: Sequence[Sequence[_Node]]) -> int | None:
    """Return the index of the only group that a short name matches.

    None if it matches none or several, does not match all names of the group, or is too common.
    """
    matching = [
        index for index, group in enumerate(groups) if any(node.matches(member) for member in group)
    ]
    if len(matching) != 1 or _is_too_common(node):
        return None
    return matching[0] if all(node.matches(member) for member in groups[matching[0]]) else None


def _is_too_common(node: _Node) -> bool:
    """Whether a common family name is alone, or has only one initial."""
    return any(
        len(name.given) < 2 and name.family in LISTS["common_family_names"] for name in node.names
    )


def _display_name(group: Sequence[_Node]) -> str:
    """Return a group's pinned name, or its fullest name, preferably without a title."""
    if pins := sorted({node.pin for node in group if node.pin}):
        return pins[0]
    names = [name for node in group for name in node.names]
    without_acronym = [name for name in names if not NAME_WITH_ACRONYM.fullmatch(name.printed)]
    return min(without_acronym or names, key=_display_order).printed


def _display_order(name: Name) -> tuple[int, int, int, str]:
    """Sort by most parts, then fewest words, then fewest characters."""
    return -len(name.identity), len(name.words), len(name.printed), name.printed
