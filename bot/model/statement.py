"""What filing finds out about statements: which claims report each, and which deny it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from bot.model.answer import Hit
from bot.model.claim import Claim
from bot.model.spans import Spans
from bot.model.speaker import NameRuling

StatementRelation = Literal["denies", "same matter"]


class FiledStatements(Protocol):
    """Reads the statements that are filed already, and what people ruled about names."""

    def with_keys(self, keys: Sequence[int]) -> Sequence[tuple[int, int, int]]:
        """Return the statements that have any of these keys: the key, the statement, and the
        signature of its words (statements/keys.py)."""
        ...

    def members(self, statements: Collection[int]) -> Mapping[int, Sequence[Hit]]:
        """Return the claims that report these statements."""
        ...

    def existing(self, statements: Collection[int]) -> Collection[int]:
        """Return those of these statements that exist."""
        ...

    def texts(self, article_ids: Collection[str]) -> Mapping[str, tuple[str, Spans]]:
        """Return the texts and paragraphs of articles."""
        ...

    def claims_in(self, article_ids: Collection[str]) -> Sequence[Claim]:
        """Return the claims of articles."""
        ...

    def rulings(self) -> Sequence[NameRuling]:
        """Return the rulings on speakers' names, in order."""
        ...


class StatementChanges(NamedTuple):
    """The statement of each claim, and what is new: keys with their statements and
    signatures, and pairs of statements, the first of which denies the other or is about the same
    matter."""

    statements: Mapping[str, int]
    keys: Collection[tuple[int, int, int]]
    relations: Mapping[tuple[int, int], StatementRelation]


class StatementKeys(NamedTuple):
    """The keys that claims may be stored with, each with the number of its claim and a signature,
    and those that they are."""

    possible: Collection[tuple[int, int, int]]
    stored: Collection[tuple[int, int, int]]


class StatementRules(NamedTuple):
    """Decide which statement claims report, and which keys they are stored with."""

    file: Callable[[Sequence[Hit], FiledStatements], StatementChanges]
    keys: Callable[[Sequence[Hit]], StatementKeys]


def statement_ids(claim_id: str) -> range:
    """Return the ids that a statement may have that a claim founds: the first that is free."""
    digest = hashlib.blake2b(claim_id.encode(), digest_size=8).digest()
    first = int.from_bytes(digest) >> 2
    return range(first, first + 2)
