"""Correct claims and articles, and decide on suggested corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import store
from bot.errors import NotFoundError, QueryError
from bot.model import Correction, Ruling, RulingKind
from bot.newsroom.corrections.article_changes import validate_changes
from bot.newsroom.corrections.claim_changes import ClaimChanges, FieldChanges, collapse_whitespace
from bot.newsroom.corrections.lookup import CorrectionLookup
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates
from bot.words import say
from bot.words.dates import short_date

MAX_TEXT_LENGTH = 500
"""The most characters of a reason and of a person's name."""


@dataclass(eq=False, repr=False, kw_only=True)
class Corrections:
    """Stores corrections and rulings on them, and updates the index accordingly."""

    archive: store.Archive
    names: store.SpeakerNames
    corrections: store.Corrections
    lookup: CorrectionLookup
    naming: store.NamingRules
    updates: IndexUpdates
    now: Clock

    def correct(
        self,
        *,
        team: str,
        press: str,
        claim_id: str,
        changes: Mapping[str, Any],
        reason: str,
        person: str,
        person_name: str,
        is_accepted: bool,
        others: Sequence[str] = (),
    ) -> Correction:
        """Store a correction of a claim; if `is_accepted`, it takes effect at once.

        `changes` maps fields to new values, as in model.Correction; source, cue and content are
        spans of the article's text. Derived fields are added, such as the source of a new speaker.
        A rejection, which says that this is not a claim, also applies to the claims in `others`
        that still exist. The same `press` of a button again returns the first correction. Raises
        NotFoundError if the claim is gone, QueryError for invalid changes.
        """
        if existing := self.corrections.by_press(team, press):
            return existing
        lookup = self.lookup
        stored = lookup.claim_in_text(claim_id)
        validator = ClaimChanges(stored, lookup.shown_claim(stored), lookup.source_and_cue(stored))
        validated = validator.validate(changes)
        return self._store(
            validated,
            team=team,
            press=press,
            claim_id=claim_id,
            article_id=stored.card.id,
            reason=reason,
            person=person,
            person_name=person_name,
            is_accepted=is_accepted,
            others=others if validated.new_values.get("rejected") else (),
        )

    def correct_article(
        self,
        *,
        team: str,
        press: str,
        article_id: str,
        changes: Mapping[str, str],
        reason: str,
        person: str,
        person_name: str,
        is_accepted: bool,
    ) -> Correction:
        """Store a correction of an article's title, outlet or date, like `correct` for a claim.

        `changes` maps fields in bot.corrections.articles.FIELDS to new values; an empty value means
        unknown. Raises NotFoundError if the article is gone, QueryError for invalid changes.
        """
        if existing := self.corrections.by_press(team, press):
            return existing
        article = self.lookup.article_card(article_id)
        return self._store(
            validate_changes(article, changes, self.now()),
            team=team,
            press=press,
            claim_id=article_id,
            article_id=article_id,
            reason=reason,
            person=person,
            person_name=person_name,
            is_accepted=is_accepted,
        )

    def _store(
        self,
        changes: FieldChanges,
        *,
        team: str,
        press: str,
        claim_id: str,
        article_id: str,
        reason: str,
        person: str,
        person_name: str,
        is_accepted: bool,
        others: Sequence[str] = (),
    ) -> Correction:
        correction = Correction(
            id="",
            team=team,
            press=press,
            claim_id=claim_id,
            article_id=article_id,
            changes=changes.new_values,
            before=changes.old_values,
            reason=_validate_text(reason, "corrections.no_reason"),
            person=person,
            person_name=_validate_text(person_name, "corrections.needs_name"),
            suggested_at=self.now(),
        )
        ruling = Ruling(
            ruling="accepted",
            person=person,
            person_name=correction.person_name,
            at=correction.suggested_at,
        )
        existing = self.archive.claims_by_id([id_ for id_ in others if id_ != claim_id])
        other_claims = [(id_, row.claim.article_id) for id_, row in sorted(existing.items())]
        article_ids = [article_id, *(other_article_id for _, other_article_id in other_claims)]
        printed_names = self.names.printed_names(article_ids) if is_accepted else []
        stored = self.corrections.suggest(
            correction, ruling if is_accepted else None, others=other_claims
        )
        if stored is None:
            raise self.lookup.gone_error(correction)
        if is_accepted:
            self._update_index(printed_names)
        return stored

    def _update_index(self, printed_names: Sequence[store.PrintedName]) -> None:
        self.names.remove_unused(printed_names, self.naming, self.now())
        self.updates.catch_up_if_free()

    def decide(
        self,
        correction_id: str,
        ruling: RulingKind,
        *,
        person: str,
        person_name: str,
        reason: str | None = None,
    ) -> Correction:
        """Accept or decline a correction, or undo an accepted one, optionally giving a reason.

        Corrections made with the same button press are decided together. Raises NotFoundError if
        there is no such correction or its claim is gone, QueryError if it was decided before.
        """
        correction = self.lookup.correction(correction_id)
        decision = Ruling(
            ruling=ruling,
            person=person,
            person_name=person_name,
            at=self.now(),
            reason=_validate_text(reason, "corrections.no_reason") if reason else None,
        )
        printed_names = self.names.printed_names(self._changed_articles(correction))
        decided = self.corrections.decide(correction_id, decision)
        if decided is None:
            raise self._undecidable_error(self.lookup.correction(correction_id), ruling)
        if ruling != "declined":
            self._update_index(printed_names)
        return decided

    def _undecidable_error(
        self, correction: Correction, ruling: RulingKind
    ) -> NotFoundError | QueryError:
        if correction.state == "suggested" and ruling != "undone":
            return self.lookup.gone_error(correction)
        message = say("corrections.decided", ruling=say(f"corrections.ruling_{ruling}"))
        return QueryError(f"{message}: {state_text(correction)}")

    def _changed_articles(self, correction: Correction) -> list[str]:
        """Return the ids of the articles that a correction and those made with it change."""
        made_with = correction.made_with
        first = self.lookup.correction(made_with) if made_with else correction
        other_article_ids = [
            latest.article_id
            for claim_id in first.others
            for latest in self.corrections.find(claim_id=claim_id)[:1]
        ]
        return [first.article_id, *other_article_ids]


def state_text(correction: Correction) -> str:
    """Say what became of a correction, with who decided, when and why."""
    if not correction.rulings:
        return say("corrections.still_suggested")
    return "; ".join(map(ruling_text, correction.rulings))


def ruling_text(ruling: Ruling) -> str:
    """Say who decided what, when and why."""
    day = short_date(ruling.at)
    text = say(f"corrections.state_{ruling.ruling}", by=ruling.person_name, on=day)
    return f"{text}: {ruling.reason}" if ruling.reason else text


def _validate_text(text: str, missing_key: str) -> str:
    """Return a text on one line. Raises QueryError if it is empty or too long."""
    text = collapse_whitespace(text)
    if not text:
        raise QueryError(say(missing_key))
    if len(text) > MAX_TEXT_LENGTH:
        raise QueryError(say("corrections.too_long", most=MAX_TEXT_LENGTH))
    return text
