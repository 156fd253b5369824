"""The names of roles, and the owners of roles in a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.model import ClaimEntry
from bot.search import IndexState, SearchIndex, parse
from bot.search.roles import other_roles, role_terms, term, typed_role_sequences
from tests.search.indexes import Indexes
from tests.search.language.test_query import TODAY

MakeEntry = Callable[..., ClaimEntry]
NOUNS = frozenset(("governor", "minister", "mayor", "master", "director"))


def is_called(role: str, typed: str) -> bool:
    return not role_terms(role).isdisjoint(map(term, typed_role_sequences(typed)))


@pytest.mark.parametrize(
    ("role", "typed"),
    [
        ("governor", "the governor"),
        ("Transport Minister", "minister"),
        ("Chinese Foreign Minister", "foreign minister"),
        ("governor of the central bank", "governor"),
        ("governor of the central bank", "central bank governor"),
        ("transport minister", "minister of transport"),
        ("minister for transport", "transport minister"),
        ("the bank’s governor", "bank governor"),
        ("harbourmaster", "harbour master"),
        ("harbour master", "harbourmaster"),
        ("acting president", "president"),
        ("professor emeritus", "professor"),
        ("former transport minister", "former minister"),
        ("governor’s chief of staff", "chief of staff"),
        ("district’s director of education", "director of education"),
        ("deputy governor", "deputy governor"),
        ("attorney general", "attorney general"),
        ("vice-presidential nominee", "nominee"),
        ("Gov.", "governor"),
        ("State Sen.", "senator"),
        ("mayors", "mayor"),
    ],
)
def test_a_role_matches_its_names(role: str, typed: str) -> None:
    assert is_called(role, typed)


@pytest.mark.parametrize(
    ("role", "typed"),
    [
        ("deputy governor", "governor"),
        ("former governor", "governor"),
        ("ex-governor", "governor"),
        ("one-time governor", "governor"),
        ("self-styled governor", "governor"),
        ("then-governor", "governor"),
        ("vice president", "president"),
        ("central bank deputy governor", "governor"),
        ("mayor-elect", "mayor"),
        ("governor of the central bank", "central bank"),
        ("spokesman for the governor", "governor"),
        ("governor’s aide", "governor"),
        ("harbour master", "harbour"),
        ("attorney general", "general"),
        ("director of the mint", "director of the museum"),
    ],
)
def test_a_role_does_not_match_other_roles(role: str, typed: str) -> None:
    assert not is_called(role, typed)


@pytest.mark.parametrize(
    ("source", "has"),
    [
        ("a spokesman for the governor", True),
        ("critics of the governor", True),
        ("the governor's aide", True),
        ("the governor’s office", True),
        ("the deputy governor", True),
        ("the lieutenant governor", True),
        ("a governor spokesman", True),
        ("the governor-hopeful", True),
        ("Tom Reed, an aide to the governor,", True),
        ("a man who met the governor", True),
        ("the governor", False),
        ("Governor Ines Breen", False),
        ("Ines Breen, the governor of the bank,", False),
        ("the bank's governor", False),
        ("the acting governor", False),
    ],
)
def test_roles_of_others_in_a_source_are_detected(source: str, has: bool) -> None:
    assert ("governor" in other_roles(source)) == has


@pytest.fixture
def index(indexes: Indexes) -> Iterator[SearchIndex]:
    options = {"spelling": [("harbor", "harbour")], "names": [], "is_noun": NOUNS.__contains__}
    opened = indexes.open("roles", **options)
    yield opened
    opened.close()
    indexes.empty("roles")


def found(index: SearchIndex, typed: str, *entries: ClaimEntry) -> set[str]:
    index.rebuild(entries, IndexState("store", 1))
    return {claim_id for claim_id, _ in index.find(parse(typed, TODAY), 20, 0).ids}


def test_claims_are_found_by_the_speakers_role(index: SearchIndex, make_entry: MakeEntry) -> None:
    entries = [
        make_entry("rates stay", id="role", speaker="Ines Breen", source="Breen",
                   roles=["governor of the central bank"]),
        make_entry("rates rise", id="printed", speaker="the governor", source="the governor"),
        make_entry("rates fall", id="aide", source="a spokesman for the governor"),
        make_entry("rates fell", id="deputy", speaker="Al Marsh", roles=["deputy governor"]),
        make_entry("rates fell", id="other", speaker="Ines Breen", source="Breen"),
    ]  # fmt: skip
    assert found(index, "by:governor", *entries) == {"role", "printed"}
    assert found(index, 'by:"the governor" rates', *entries) == {"role", "printed"}
    assert found(index, 'by:"deputy governor"', *entries) == {"deputy"}
    assert found(index, "by:breen", *entries) == {"role", "other"}


def test_an_organisation_is_found_by_its_spokesman(
    index: SearchIndex, make_entry: MakeEntry
) -> None:
    entry = make_entry("no", id="c", source="a spokesman for the ministry", roles=None)
    assert found(index, "by:ministry", entry) == {"c"}


def test_plain_words_match_the_role(index: SearchIndex, make_entry: MakeEntry) -> None:
    entry = make_entry("rates stay", id="c", speaker="Ines Breen", roles=["governor"])
    assert found(index, "governor rates", entry) == {"c"}
    assert found(index, "rates -governor", entry) == set()


def test_other_spellings_of_a_role_match(index: SearchIndex, make_entry: MakeEntry) -> None:
    entry = make_entry("shut", id="c", speaker="Solvane", roles=["harbor master"])
    assert found(index, 'by:"harbour masters"', entry) == {"c"}


def test_facets_count_by_speaker(index: SearchIndex, make_entry: MakeEntry) -> None:
    entry = make_entry("rates stay", id="c", speaker="Ines Breen", roles=["governor"])
    found(index, "by:governor", entry)
    facets = index.facets(parse("by:governor", TODAY))
    assert [one.value for one in facets.speaker] == ["Ines Breen"]
