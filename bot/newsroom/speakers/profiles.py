"""Speaker profiles: who somebody is according to articles, and what they said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import store
from bot.errors import NotFoundError
from bot.model import ArticleCard, Claim, Count, NameRuling, Profile
from bot.newsroom.articles.shown_claims import ShownClaims, unscored_hits
from bot.newsroom.providers import OpenIndex
from bot.newsroom.speakers.descriptions import MAX_DESCRIPTIONS, distinct_descriptions
from bot.newsroom.speakers.printed import (
    MAX_TYPED_LENGTH,
    PrintedNames,
    PrintedRoles,
    contains_any_run,
)
from bot.search import Query
from bot.speakers.names import NAME_WITH_ACRONYM
from bot.speakers.slips import surely_meant
from bot.speakers.spelling import candidate_blocks, fold_name
from bot.speakers.themes import find_themes
from bot.wording.role import role_of
from bot.words import say

MAX_CLAIMS_COMPARED = 60
"""The most claims whose speakers are compared with a role or a mistyped name."""
MAX_ARTICLES_READ = 24
"""How many of a speaker's newest articles are searched for descriptions."""
MAX_CLAIMS_READ = 300
"""How many of a speaker's newest claims supply the topics."""
MAX_SIMILAR_SPEAKERS = 8
MAX_COUNTED_SPEAKERS = 500
"""The most speakers whose claims are counted to sort them while somebody types."""
MIN_FUZZY_LENGTH = 4
"""Shorter words are not searched for typos."""


class SpeakerNotFoundError(NotFoundError):
    """No speaker has this name, or several have it.

    `candidates` are the speakers who may be meant, likeliest or most quoted first. If the name is
    ambiguous, all of them have it.
    """

    def __init__(
        self, message: str, *, candidates: Sequence[str], is_ambiguous: bool, remedy: str
    ) -> None:
        self.candidates, self.is_ambiguous = tuple(candidates), is_ambiguous
        super().__init__(message, remedy=remedy)


@dataclass(eq=False, repr=False, kw_only=True)
class Profiles:
    """Finds speakers by name and loads their profiles."""

    archive: store.Archive
    names: store.SpeakerNames
    name_rulings: store.NameRulings
    speaker_claims: store.SpeakerClaims
    index: OpenIndex
    claims: ShownClaims
    printed_names: PrintedNames
    roles: PrintedRoles

    def load(self, name: str, *, limit: int = 3, offset: int = 0) -> Profile:
        """Return a speaker's profile with `limit` claims from `offset` on, newest first.

        The name is taken as printed, else as part of a name or as a role, else as mistyped. Raises
        SpeakerNotFoundError unless exactly one speaker matches.
        """
        speaker, corrected_from = self._find_one(" ".join(name.split()))
        aliases = self._aliases(speaker)
        names = [speaker, *aliases]
        speaker_claims = self.speaker_claims
        latest = speaker_claims.latest(names, limit=MAX_CLAIMS_READ)
        page = latest[offset : offset + limit]
        if offset + limit > MAX_CLAIMS_READ:
            page = speaker_claims.latest(names, limit=limit, offset=offset)
        articles = speaker_claims.articles(names, limit=MAX_ARTICLES_READ)
        hits = self.claims.with_passages(unscored_hits(self.claims.pairs_as_shown(page)))
        return Profile(
            name=speaker,
            aliases=_without_acronym_links(aliases),
            descriptions=distinct_descriptions(articles) or _roles(latest),
            tally=speaker_claims.tally(names),
            topics=self._topics(names, latest),
            hits=tuple(hits),
            rulings=tuple(
                ruling for ruling in self.name_rulings.in_force() if _concerns(ruling, set(names))
            ),
            corrected_from=corrected_from,
        )

    def printed_names_of(self, name: str) -> tuple[str, ...]:
        """Return the names that articles print for a speaker, the canonical one first.

        Raises SpeakerNotFoundError.
        """
        speaker, _ = self._find_one(" ".join(name.split()))
        return speaker, *_without_acronym_links(self._aliases(speaker))

    def is_name(self, typed: str) -> bool:
        """Whether a speaker has exactly this name."""
        return bool(self.names.canonical_names([typed]))

    def suggest(self, typed: str, limit: int = 10) -> list[str]:
        """Return the speakers who may be meant by what somebody is typing.

        Speakers with a name in which a word starts like this come first, most quoted first. Those
        whose name may be mistyped follow.
        """
        typed = " ".join(typed.split())[:MAX_TYPED_LENGTH]
        if not typed:
            return []
        best = self._most_quoted(self.names.with_prefix(typed, MAX_COUNTED_SPEAKERS))[:limit]
        if len(best) < limit and len(typed) >= MIN_FUZZY_LENGTH:
            best += [speaker for speaker in self._find_mistyped(typed) if speaker not in best]
        return best[:limit]

    def _find_one(self, typed: str) -> tuple[str, str | None]:
        """Return the only speaker with a name, and the typed name if it had a typo."""
        exact_matches = list(
            dict.fromkeys((*self._find_by_name(typed), *self._find_by_role(typed)))
        )
        near = [] if exact_matches else self.printed_names.near(typed)
        if near and not near[0].slips:  # its words, in another order or with others between them
            exact_matches = [one.speaker for one in near if not one.slips]
        meant = surely_meant(typed, near) if near else None
        speakers = exact_matches or ([meant] if meant else [])
        if not (speakers or near):
            speakers = self._find_mistyped(typed)
        if len(speakers) == 1:
            is_typo = not exact_matches and not contains_any_run(speakers[0], [fold_name(typed)])
            return speakers[0], typed if is_typo else None
        quoted = say("speakers.quoted", name=typed[:MAX_TYPED_LENGTH])
        if speakers:
            candidates = self._most_quoted(speakers)
            raise SpeakerNotFoundError(
                say("speakers.several", name=quoted, n=len(candidates)),
                candidates=candidates[:MAX_SIMILAR_SPEAKERS],
                is_ambiguous=True,
                remedy=say("speakers.choose"),
            )
        similar = [one.speaker for one in near] or self._find_similar(typed)
        similar = similar[:MAX_SIMILAR_SPEAKERS]
        if similar:
            remedy = say("speakers.near")
        elif self.archive.coverage().articles:
            remedy = say("speakers.none_near")
        else:
            remedy = say("answers.no_articles")
        message = say("speakers.nobody", name=quoted)
        raise SpeakerNotFoundError(message, candidates=similar, is_ambiguous=False, remedy=remedy)

    def _aliases(self, speaker: str) -> list[str]:
        return sorted(self.names.aliases_of([speaker]))

    def _find_by_name(self, typed: str) -> list[str]:
        """Return the speakers with exactly this name, or else those whose name contains it."""
        if exact := self.names.canonical_names([typed]):
            return list(exact.values())
        run = fold_name(typed[:MAX_TYPED_LENGTH])
        if not run:
            return []
        pinned_name = self.printed_names.pinned_names.get(run)
        if pinned_name and self.names.is_canonical(pinned_name):
            return [pinned_name]
        candidates = self.names.canonical_names_in(sorted(candidate_blocks(run)))
        same_name = {speaker for name, speaker in candidates.items() if fold_name(name) == run}
        partial_matches = {
            speaker for name, speaker in candidates.items() if contains_any_run(name, [run])
        }
        return sorted(same_name or partial_matches)

    def _find_by_role(self, typed: str) -> list[str]:
        """Return the speakers to whom articles give a role, most frequent first."""
        typed = typed[:MAX_TYPED_LENGTH]
        if not fold_name(typed):
            return []
        query = Query(speakers=(typed,), exact=True)
        result = self.index().find(query, MAX_CLAIMS_COMPARED)
        claims = self.archive.claims_by_id([claim_id for claim_id, _ in result.ids])
        roles = self.roles.find((row.claim for row in claims.values()), [typed])
        speakers = [row.speaker_name for id_, row in claims.items() if id_ in roles]
        return [speaker for speaker, _ in Counter(filter(None, speakers)).most_common()]

    def _find_mistyped(self, typed: str) -> list[str]:
        """Return the speakers of the claims that a `by:` query finds, most frequent first."""
        if not fold_name(typed[:MAX_TYPED_LENGTH]):
            return []
        result = self.index().find(Query(speakers=(typed[:MAX_TYPED_LENGTH],)), MAX_CLAIMS_COMPARED)
        claims = self.archive.claims_by_id([claim_id for claim_id, _ in result.ids])
        speakers = [
            row.speaker_name
            for row in claims.values()
            if row.speaker_name and row.claim.source_kind == "named"
        ]
        return sorted(dict.fromkeys(speakers), key=lambda speaker: -speakers.count(speaker))

    def _find_similar(self, typed: str) -> list[str]:
        """Return speakers with a name that contains one of the typed words or a similar one."""
        words = sorted(fold_name(typed[:MAX_TYPED_LENGTH]), key=len, reverse=True)
        similar = (
            speaker
            for word in words[:MAX_SIMILAR_SPEAKERS]
            if len(word) >= MIN_FUZZY_LENGTH
            for speaker in self._find_mistyped(word)
        )
        return list(dict.fromkeys(similar))

    def _most_quoted(self, speakers: Iterable[str]) -> list[str]:
        """Sort speakers by their claims under any name, most first."""
        counted_speakers = list(speakers)[:MAX_COUNTED_SPEAKERS]
        aliases = self.names.aliases_of(counted_speakers)
        counts = self.speaker_claims.counts([*counted_speakers, *aliases])
        totals = {speaker: counts.get(speaker, 0) for speaker in counted_speakers}
        for alias, speaker in aliases.items():
            totals[speaker] += counts.get(alias, 0)
        return sorted(counted_speakers, key=lambda speaker: (-totals[speaker], speaker))

    def _topics(
        self, names: Sequence[str], latest: Sequence[tuple[Claim, ArticleCard]]
    ) -> tuple[Count, ...]:
        texts = [claim.text for claim, _ in latest if not claim.negative]
        index = self.index()  # once: it asks the store whether there is one

        def count_claims(word: str) -> int:
            return index.find(Query(words=(word,), exact=True), 1).total

        return find_themes(texts, count_claims, index.count(), excluded=names)


def _roles(latest: Sequence[tuple[Claim, ArticleCard]]) -> tuple[tuple[str, ArticleCard], ...]:
    """Return the roles printed next to a speaker's name where articles quote the speaker."""
    roles: dict[str, tuple[str, ArticleCard]] = {}
    for claim, article in latest:
        if role := role_of(claim.source or "", claim.speaker or ""):
            roles.setdefault(role.casefold(), (role, article))
    return tuple(roles.values())[:MAX_DESCRIPTIONS]


def _without_acronym_links(aliases: Iterable[str]) -> tuple[str, ...]:
    """Remove the aliases that only link an acronym to a name."""
    return tuple(alias for alias in aliases if not NAME_WITH_ACRONYM.fullmatch(alias))


def _concerns(ruling: NameRuling, names: set[str]) -> bool:
    return any(not names.isdisjoint(side) for side in ruling.sides)
