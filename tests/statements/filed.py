"""File claims in memory, as the store does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.model import Claim, Dispute, Hit, NameRuling, Row, Spans
from bot.model.statement import StatementChanges
from bot.statements.disputes import describe_dispute
from bot.statements.filing import file_claims
from bot.statements.rows import group_by_statement
from bot.statements.sides import Side


class NothingFiled:
    def __init__(self, hits: Sequence[Hit], text: str) -> None:
        self.text = text
        self.by_id = {hit.claim.id: hit for hit in hits}

    def with_keys(self, keys: Collection[int]) -> Sequence[tuple[int, int, int]]:
        return ()

    def members(self, statements: Collection[int]) -> Mapping[int, Sequence[Hit]]:
        return {}

    def existing(self, statements: Collection[int]) -> Collection[int]:
        return ()

    def texts(self, article_ids: Collection[str]) -> Mapping[str, tuple[str, Spans]]:
        return dict.fromkeys(article_ids, (self.text, ((0, len(self.text)),)))

    def claims_in(self, article_ids: Collection[str]) -> Sequence[Claim]:
        claims = [hit.claim for hit in self.by_id.values()]
        return [claim for claim in claims if claim.article_id in article_ids]

    def rulings(self) -> Sequence[NameRuling]:
        return ()


def file_hits(hits: Sequence[Hit], text: str = "") -> StatementChanges:
    return file_claims(hits, NothingFiled(hits, text))


def rows_of(hits: Sequence[Hit]) -> tuple[Row, ...]:
    statements = file_hits(hits).statements
    return group_by_statement([replace(hit, statement=statements[hit.claim.id]) for hit in hits])


def disputes_of(hits: Sequence[Hit], text: str = "") -> list[list[Dispute]]:
    """What disputes each hit among the others, the first report of each statement."""
    changes = file_hits(hits, text)
    statements = [changes.statements[hit.claim.id] for hit in hits]
    by_statement = dict(zip(reversed(statements), reversed(hits), strict=True))
    found: list[list[Dispute]] = []
    for hit, own in zip(hits, statements, strict=True):
        found.append([])
        for (denying, denied), kind in changes.relations.items():
            if own in (denying, denied):
                is_denial = own == denied
                other = by_statement[denying if is_denial else denied]
                pair = Side(hit), Side(other)
                found[-1].append(describe_dispute(*pair, kind, is_denial=is_denial))
    return found
