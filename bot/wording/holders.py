"""The people who have the roles in a query: "harbour master: Ingrid Solvane". No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.languages.table import printed_roles
from bot.model import Answer, Holder, Role
from bot.wording.runs import Run, Runs, say_runs
from bot.words import say
from bot.words.dates import period

MAX_HOLDERS = 4
"""The number of holders of a role that are named; the others are counted."""


def holders_lines(answer: Answer) -> Iterator[Runs]:
    """Say who has each role in a query."""
    for role in answer.roles:
        name = printed_roles.LEADING_ARTICLE.sub("", role.typed)
        if len(role.holders) == 1:
            yield say_runs("answers.role_of_one", role=name, name=_bold_name(role.holders[0]))
        else:
            yield say_runs("answers.role_of_several", role=name, holders=_list_holders(role))


def listed_holders(answer: Answer) -> list[Holder]:
    """Return the holders that `holders_lines` names for roles with several holders."""
    shared_roles = [role for role in answer.roles if len(role.holders) > 1]
    return [holder for role in shared_roles for holder in role.holders[:MAX_HOLDERS]]


def _list_holders(role: Role) -> Runs:
    *shown, last = map(_describe_holder, role.holders[:MAX_HOLDERS])
    if (remaining := len(role.holders) - MAX_HOLDERS) > 0:
        shown, last = [*shown, last], (Run(say("answers.other_holders", n=remaining)),)
    return say_runs("answers.holders", holders=_join_with_commas(shown), last=last)


def _describe_holder(holder: Holder) -> Runs:
    claims = say("nouns.claim", n=holder.claims)
    if holder.first_date and holder.last_date:
        days = period(holder.first_date, holder.last_date)
        return say_runs("answers.holder_dated", name=_bold_name(holder), claims=claims, days=days)
    return say_runs("answers.holder", name=_bold_name(holder), claims=claims)


def _bold_name(holder: Holder) -> Runs:
    return (Run(holder.name, strong=True),)


def _join_with_commas(items: Sequence[Runs]) -> Runs:
    first, *others = items
    return (*first, *(run for runs in others for run in (Run(", "), *runs)))
