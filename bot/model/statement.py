"""What filing finds out about statements: which claims report each, and which deny it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, Protocol

from bot.model.answer import Hit
from bot.model.claim import Claim
from bot.model.spans import Spans

StatementRelation = Literal["denies", "same matter"]


class ClaimToFile(NamedTuple):
    """What decides with which other claims a claim is compared."""

    id: str
    text: str
    speaker: str | None
    kind: str
    stance: str | None
    published_on: date | None
    published: str | None
    copy_of: str | None
    outlet: str | None


class FiledStatements(Protocol):
    """Reads the statements that are filed already."""

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

    def hits(self, claim_ids: Collection[str]) -> Mapping[str, Hit]:
        """Return claims with their articles, by the claim's id."""
        ...

    def texts(self, article_ids: Collection[str]) -> Mapping[str, tuple[str, Spans]]:
        """Return the texts and paragraphs of articles."""
        ...

    def claims_in(self, article_ids: Collection[str]) -> Sequence[Claim]:
        """Return the claims of articles."""
        ...


class StatementChanges(NamedTuple):
    """The statement of each claim, and what is new: statements, keys with their statements and
    signatures, and pairs of statements, the first of which denies the other or is about the same
    matter."""

    statements: Mapping[str, int]
    founded: Collection[int]
    keys: Collection[tuple[int, int, int]]
    relations: Mapping[tuple[int, int], StatementRelation]


class StatementKeys(NamedTuple):
    """The keys that claims may be stored with, each with the number of its claim and a signature,
    and those that they are."""

    possible: Collection[tuple[int, int, int]]
    stored: Collection[tuple[int, int, int]]


class StatementRules(NamedTuple):
    """Decide which statement claims report, and which keys they are stored with."""

    file: Callable[[Sequence[ClaimToFile], FiledStatements], StatementChanges]
    keys: Callable[[Sequence[ClaimToFile]], StatementKeys]


def statement_ids(claim_id: str) -> range:
    """Return the ids that a statement may have that a claim founds: the first that is free."""
    digest = hashlib.blake2b(claim_id.encode(), digest_size=8).digest()
    first = int.from_bytes(digest) >> 2
    return range(first, first + 2)
