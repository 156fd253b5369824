"""What a speaker said before on a subject, and what opposes it: then and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.model import ANYONE, Earlier, Hit, SaidOnSubject
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.answers import Search
from bot.newsroom.search.shown import PrintedNames, ShownClaims
from bot.newsroom.speakers.profiles import Profiles
from bot.search.language import pasted_text
from bot.search.tokenized import STOP_WORDS, negates
from bot.statements.rows import compare_dates
from bot.statements.said_before import find_opposition
from bot.statements.sides import Side

MAX_CANDIDATES = 30
"""The most claims of a speaker, those with most of a claim's words, that are compared with it."""
MIN_SHARE = 0.5
"""The least share of the shorter claim's content words that two on the same subject have in
common."""
MAX_EARLIER = 3
"""The most earlier statements that are shown with a claim."""
SUBJECT_WORD = " on "


@dataclass(eq=False, repr=False, kw_only=True)
class SaidBefore:
    """Finds what a speaker said before on a subject."""

    index: OpenIndex
    claims: ShownClaims
    printed_names: PrintedNames
    profiles: Profiles
    search: Search

    def earlier(self, hit: Hit, viewer: str = ANYONE) -> tuple[Earlier, ...]:
        """Return what a claim's named speaker said earlier on its subject, one claim a statement.

        What surely opposes the claim comes first, then the newest. Nothing, if the claim or its
        article's date is in doubt.
        """
        claim, day = hit.claim, hit.article.published_on
        speaker = claim.known_as or claim.speaker
        if not speaker or claim.source_kind != "named" or claim.negative or not day:
            return ()
        names = (claim.speaker or speaker, speaker)
        query = replace(
            pasted_text.sentence_query(claim.text),
            speakers=tuple(dict.fromkeys(names)),
            speaker_aliases=self.printed_names.aliases_for(names),
            before=day,
            exact=True,
            viewer=viewer,
        )
        result = self.index().find_candidates(query, MAX_CANDIDATES)
        found = self.claims.by_id([id_ for id_, _ in result.ids], viewer)
        return self._compared(hit, [one for one in found.values() if _is_theirs(one, names)])

    def _compared(self, hit: Hit, others: Iterable[Hit]) -> tuple[Earlier, ...]:
        """Return those of the speaker's claims that are earlier, one for each statement."""
        side, by_statement = Side(hit), dict[object, Earlier]()
        for other in others:
            statement = other.claim.id if other.statement is None else other.statement
            is_same = other.article.id == hit.article.id or other.statement == hit.statement
            if is_same or compare_dates(other.article, hit.article) != "earlier":
                continue
            if statement not in by_statement and _is_on_subject(before := Side(other), side):
                by_statement[statement] = Earlier(other, find_opposition(before, side))
        newest_first = sorted(by_statement.values(), key=_day, reverse=True)
        opposing_first = sorted(newest_first, key=lambda one: one.opposition is None)
        shown = opposing_first[:MAX_EARLIER]
        hits = self.claims.with_passages([one.hit for one in shown])
        return tuple(one._replace(hit=hit) for one, hit in zip(shown, hits, strict=True))

    def opposed(self, hit: Hit, viewer: str = ANYONE) -> Earlier | None:
        """Return the newest earlier statement of a claim's speaker that surely opposes it."""
        found = self.earlier(hit, viewer)[:1]
        return found[0] if found and found[0].opposition else None

    def split(self, typed: str) -> tuple[str, str]:
        """Split "Sun Yun on gold" into a name and a subject, which is empty if there is none."""
        name, _, subject = typed.partition(SUBJECT_WORD)
        if not subject.strip() or self.profiles.is_name(typed):
            return typed, ""
        return name, subject.strip()

    @staticmethod
    def join(name: str, subject: str) -> str:
        """Return what `split` splits into a name and a subject."""
        return f"{name}{SUBJECT_WORD}{subject}" if subject else name

    def on_subject(
        self, name: str, subject: str, *, limit: int, offset: int = 0, viewer: str = ANYONE
    ) -> SaidOnSubject:
        """Return a page of what a speaker said on a subject, latest report first.

        Their claims must have its words themselves: what a harbour master says is not all on the
        harbour.
        Raises SpeakerNotFoundError unless one speaker has the name, and QueryError for a subject
        that is no valid query.
        """
        speaker = self.profiles.printed_names_of(name)[0]
        typed = self.search.parse_text(subject, ())
        said = [word for word in typed.words if word not in STOP_WORDS or negates(word)]
        query = replace(
            typed, words=(), mentions=(*said, *typed.mentions), speakers=(speaker,), sort="new"
        )
        answer = self.search.find_rows(str(query), limit=limit, offset=offset, viewer=viewer)
        if answer.is_partial_match or answer.is_nearest_only:
            return SaidOnSubject(speaker, subject, (), 0, {})
        found = {row.hits[0].claim.id: self.opposed(row.hits[0], viewer) for row in answer.rows}
        earlier = {id_: one for id_, one in found.items() if one}
        return SaidOnSubject(speaker, subject, answer.rows, answer.statements, earlier)


def _is_theirs(hit: Hit, names: Iterable[str]) -> bool:
    """Whether a claim is by a speaker with one of these names, and nobody else of a like name."""
    return hit.claim.source_kind == "named" and not {
        hit.claim.speaker,
        hit.claim.known_as,
    }.isdisjoint(names)


def _is_on_subject(side: Side, other: Side) -> bool:
    stems, other_stems = side.text_stems, other.text_stems
    return len(stems & other_stems) >= max(2, MIN_SHARE * min(len(stems), len(other_stems)))


def _day(earlier: Earlier) -> tuple[int, str]:
    day = earlier.hit.article.published_on
    return day.toordinal() if day else 0, earlier.hit.claim.id
