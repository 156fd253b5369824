"""The use case of /speaker: who somebody is as articles have it, what they said and how often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import store
from bot.errors import NotFoundError
from bot.model import ArticleCard, Claim, Count, Hit, NameRuling, Profile
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.holders import RoleHolders
from bot.newsroom.search.shown import PrintedNames, ShownClaims, contains_any_run
from bot.newsroom.speakers.descriptions import MOST_DESCRIPTIONS, distinct_descriptions
from bot.search import Query
from bot.speakers.names import SPELLED_OUT
from bot.speakers.spelling import candidate_blocks, folded
from bot.speakers.themes import themes
from bot.wording.role import role_of
from bot.words import say

LONGEST_TYPED = 200
"""Characters of a name that is looked for."""
CLAIMS_SCANNED = 60
"""Claims from which it is read whom a mistyped name may mean."""
ARTICLES_READ = 24
"""For descriptions: the newest that quote a speaker."""
CLAIMS_READ = 300
"""For what a speaker talks about."""
MOST_NEAR = 8
MOST_COUNTED = 500
"""Names among which the most quoted are found while somebody types."""
MIN_FUZZY_LENGTH = 4


class SpeakerNotFoundError(NotFoundError):
    """No speaker is called so, or several are: `near` are those who may be meant, the likeliest or
    most quoted first; `several` says that all of them are called so."""

    def __init__(self, message: str, *, near: Sequence[str], several: bool, remedy: str) -> None:
        self.near, self.several = tuple(near), several
        super().__init__(message, remedy=remedy)


@dataclass(eq=False, repr=False, kw_only=True)
class Profiles:
    """Find speakers by name, and say who they are."""

    archive: store.Archive
    names: store.SpeakerNames
    name_rulings: store.NameRulings
    said: store.SpeakerClaims
    index: OpenIndex
    claims: ShownClaims
    printed_names: PrintedNames
    roles: RoleHolders
    unsure_below: float

    def load(self, name: str, *, limit: int = 3, offset: int = 0) -> Profile:
        """Say who a speaker is, with `limit` of their claims from `offset` on, the newest first.

        A name is taken as typed where an article prints it so, then as a part of names or for a
        role, then for a slip. Raises SpeakerNotFoundError where nobody or not one alone is called
        so.
        """
        speaker, read_from = self._only(" ".join(name.split()))
        aliases = self._aliases(speaker)
        names = [speaker, *aliases]
        sure, said = self.unsure_below, self.said
        filed = said.latest(names, min_confidence=sure, limit=limit, offset=offset)
        quoting = said.articles(names, min_confidence=sure, limit=ARTICLES_READ)
        mine = set(names)
        latest = said.latest(names, min_confidence=sure, limit=CLAIMS_READ)
        return Profile(
            name=speaker,
            aliases=_printed(aliases),
            descriptions=distinct_descriptions(quoting) or _roles(latest),
            tally=said.tally(names, min_confidence=sure),
            about=self._about(names, latest),
            hits=tuple(
                self.claims.with_passages(
                    Hit(claim=c, article=card, score=0.0) for c, card in self.claims.shown(filed)
                )
            ),
            rulings=tuple(r for r in self.name_rulings.in_force() if _concerns(r, mine)),
            read_from=read_from,
        )

    def printed_names_of(self, name: str) -> tuple[str, ...]:
        """The names that articles print of a speaker, the one that stands for them all first, as
        in a profile. Raises SpeakerNotFoundError."""
        speaker, _ = self._only(" ".join(name.split()))
        return speaker, *_printed(self._aliases(speaker))

    def suggest(self, typed: str, limit: int = 10) -> list[str]:
        """The speakers who may be meant by what somebody is typing: those with a name one of whose
        words begins so, the most quoted first, then those for whom it may be a slip."""
        typed = " ".join(typed.split())[:LONGEST_TYPED]
        if not typed:
            return []
        found = self.names.with_prefix(typed, MOST_COUNTED)
        best = self._most_quoted(found)[:limit]
        if len(best) < limit and len(typed) >= MIN_FUZZY_LENGTH:
            best += [one for one in self._by_slip(typed) if one not in best]
        return best[:limit]

    def _only(self, typed: str) -> tuple[str, str | None]:
        """The one speaker of a name, and what was typed if that was a slip."""
        known = list(dict.fromkeys((*self._called(typed), *self._in_role(typed))))
        called = known or self._by_slip(typed)
        if len(called) == 1:
            is_slip = not known and not contains_any_run(called[0], [folded(typed)])
            return called[0], typed if is_slip else None
        shown = say("speakers.quoted", name=typed[:LONGEST_TYPED])
        if called:
            near = self._most_quoted(called)
            raise SpeakerNotFoundError(
                say("speakers.several", name=shown, n=len(near)),
                near=near[:MOST_NEAR],
                several=True,
                remedy=say("speakers.choose"),
            )
        near = self._near_to(typed)[:MOST_NEAR]
        remedy = say("speakers.near") if near else say("speakers.none_near")
        message = say("speakers.nobody", name=shown)
        raise SpeakerNotFoundError(message, near=near, several=False, remedy=remedy)

    def _aliases(self, speaker: str) -> list[str]:
        return sorted(self.names.aliases_of([speaker]))

    def _called(self, typed: str) -> list[str]:
        """The speakers one of whose names is this, or else holds it."""
        if exact := self.names.speakers([typed]):
            return list(exact.values())
        run = folded(typed[:LONGEST_TYPED])
        if not run:
            return []
        pinned = self.printed_names.pinned.get(run)
        if pinned and self.names.has_speaker(pinned):
            return [pinned]
        there = self.names.speakers_in(sorted(candidate_blocks(run)))
        same = {speaker for name, speaker in there.items() if folded(name) == run}
        held = same or {speaker for name, speaker in there.items() if contains_any_run(name, [run])}
        return sorted(held)

    def _in_role(self, typed: str) -> list[str]:
        """The speakers of whom articles say that they are what was typed."""
        return [one.name for one in self.roles.find_holders(Query(), typed[:LONGEST_TYPED])]

    def _by_slip(self, typed: str) -> list[str]:
        """The speakers of the claims that by: finds, the commonest among the best first."""
        if not folded(typed[:LONGEST_TYPED]):
            return []
        found = self.index().find(Query(by=(typed[:LONGEST_TYPED],)), CLAIMS_SCANNED)
        claims = self.archive.claims_by_id([claim_id for claim_id, _ in found.ids])
        known = (one.speaker_name for one in claims.values() if _names_somebody(one.claim))
        speakers = list(filter(None, known))
        return sorted(dict.fromkeys(speakers), key=lambda one: -speakers.count(one))

    def _near_to(self, typed: str) -> list[str]:
        """Speakers one of whose names has one of the words that were typed, or nearly."""
        words = sorted(folded(typed[:LONGEST_TYPED]), key=len, reverse=True)[:MOST_NEAR]
        found = (
            one for word in words if len(word) >= MIN_FUZZY_LENGTH for one in self._by_slip(word)
        )
        return list(dict.fromkeys(found))

    def _most_quoted(self, speakers: Iterable[str]) -> list[str]:
        """Speakers, those with most claims under any name first."""
        some = list(speakers)[:MOST_COUNTED]
        aliases = self.names.aliases_of(some)
        counts = self.said.counts([*some, *aliases])
        totals = {one: counts.get(one, 0) for one in some}
        for alias, speaker in aliases.items():
            totals[speaker] += counts.get(alias, 0)
        return sorted(some, key=lambda one: (-totals[one], one))

    def _about(
        self, names: Sequence[str], latest: Sequence[tuple[Claim, ArticleCard]]
    ) -> tuple[Count, ...]:
        texts = [claim.text for claim, _ in latest if not claim.negative]
        return themes(texts, self._held, self.index().count(), besides=names)

    def _held(self, word: str) -> int:
        return self.index().find(Query(words=(word,), exact=True), 1).total


def _roles(latest: Sequence[tuple[Claim, ArticleCard]]) -> tuple[tuple[str, ArticleCard], ...]:
    """What articles print of a speaker beside the name where they quote them, as the who-lines of
    these claims have it."""
    roles: dict[str, tuple[str, ArticleCard]] = {}
    for claim, card in latest:
        if role := role_of(claim.source or "", claim.speaker or ""):
            roles.setdefault(role.casefold(), (role, card))
    return tuple(roles.values())[:MOST_DESCRIPTIONS]


def _printed(aliases: Iterable[str]) -> tuple[str, ...]:
    """Names without those that only tell which names an acronym joins."""
    return tuple(one for one in aliases if not SPELLED_OUT.fullmatch(one))


def _names_somebody(claim: Claim) -> bool:
    return claim.source_kind == "named" and not claim.unsure


def _concerns(ruling: NameRuling, names: set[str]) -> bool:
    return any(not names.isdisjoint(side) for side in ruling.sides)
