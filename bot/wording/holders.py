"""Who holds the roles that a query asks for: "harbour master: Ingrid Solvane". Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.languages.table import printed_roles
from bot.model import Answer, Holder, Role
from bot.wording.runs import Run, Runs, say_runs
from bot.words import say
from bot.words.dates import period

MAX_HOLDERS = 4
"""Holders of one role that are named; the rest are counted."""


def holders_lines(answer: Answer) -> Iterator[Runs]:
    """Say who holds each role that a query asks for."""
    for role in answer.roles:
        typed = printed_roles.LEADING_ARTICLE.sub("", role.typed)
        if len(role.holders) == 1:
            yield say_runs("answers.role_of_one", role=typed, name=_name(role.holders[0]))
        else:
            yield say_runs("answers.role_of_several", role=typed, holders=_holders(role))


def listed_holders(answer: Answer) -> list[Holder]:
    """The holders named in the lines of roles with several holders."""
    several = [role for role in answer.roles if len(role.holders) > 1]
    return [one for role in several for one in role.holders[:MAX_HOLDERS]]


def _holders(role: Role) -> Runs:
    *shown, last = map(_holder, role.holders[:MAX_HOLDERS])
    if (left := len(role.holders) - MAX_HOLDERS) > 0:
        shown, last = [*shown, last], (Run(say("answers.other_holders", n=left)),)
    return say_runs("answers.holders", holders=_commas(shown), last=last)


def _holder(one: Holder) -> Runs:
    claims = say("nouns.claim", n=one.claims)
    if one.first and one.last:
        days = period(one.first, one.last)
        return say_runs("answers.holder_dated", name=_name(one), claims=claims, days=days)
    return say_runs("answers.holder", name=_name(one), claims=claims)


def _name(one: Holder) -> Runs:
    return (Run(one.name, strong=True),)


def _commas(several: Sequence[Runs]) -> Runs:
    first, *others = several
    return (*first, *(run for one in others for run in (Run(", "), *one)))
