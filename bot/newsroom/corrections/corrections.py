"""The use cases of corrections: what people say of claims and articles, to be read instead of what
was found, and what others decide about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import store
from bot.errors import NotFoundError, QueryError
from bot.model import (
    Correction,
    Ruling,
    RulingKind,
)
from bot.newsroom.corrections.article_changes import validate_changes
from bot.newsroom.corrections.claim_changes import ClaimChanges, collapse_whitespace
from bot.newsroom.corrections.correctables import Correctables
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates
from bot.words import say
from bot.words.dates import short_date

MAX_TEXT_LENGTH = 500
"""Characters of a reason and of a name."""


@dataclass(eq=False, repr=False, kw_only=True)
class Corrections:
    """Mend what was found in articles."""

    archive: store.Archive
    names: store.SpeakerNames
    corrections: store.Corrections
    correctables: Correctables
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
        """Keep what a person says of a claim; of one who `is_accepted` it stands at once.

        `changes` are by field how the claim should read, as in model.Correction, with source, cue
        and content as spans of the article's text. What follows is filled in: the words that give
        a new speaker, whether new words are quoted. That it is no claim may apply to `others` too,
        those that are there. The same `press` twice is one correction. Raises NotFoundError where
        the claim is gone, QueryError for changes that cannot be.
        """
        if there := self.corrections.by_press(team, press):
            return there
        shown = self.correctables
        within = shown.claim_in_text(claim_id)
        claim_changes = ClaimChanges(
            within, shown.shown_claim(within), shown.source_and_cue(within)
        )
        made = claim_changes.validate(changes)
        correction = Correction(
            id="",
            team=team,
            press=press,
            claim_id=claim_id,
            article_id=within.card.id,
            changes=made.after,
            before=made.before,
            reason=_said(reason, "corrections.no_reason"),
            person=person,
            person_name=_said(person_name, "corrections.needs_name"),
            suggested_at=self.now(),
        )
        several = others if made.after.get("rejected") else ()
        return self._kept(correction, is_accepted=is_accepted, others=several)

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
        """Keep what a person says of an article's title, outlet or date, as `correct` does of a
        claim. `changes` are by field of article_corrections.FIELDS; what is empty is not known.
        Raises NotFoundError where the article is gone, QueryError for changes that cannot be.
        """
        if there := self.corrections.by_press(team, press):
            return there
        made = validate_changes(self.correctables.article_card(article_id), changes, self.now())
        correction = Correction(
            id="",
            team=team,
            press=press,
            claim_id=article_id,
            article_id=article_id,
            changes=made.after,
            before=made.before,
            reason=_said(reason, "corrections.no_reason"),
            person=person,
            person_name=_said(person_name, "corrections.needs_name"),
            suggested_at=self.now(),
        )
        return self._kept(correction, is_accepted=is_accepted)

    def _kept(
        self, correction: Correction, *, is_accepted: bool, others: Sequence[str] = ()
    ) -> Correction:
        """Keep a correction, and have what changes by it at once searched so."""
        by, name, at = correction.person, correction.person_name, correction.suggested_at
        ruling = Ruling(ruling="accepted", person=by, person_name=name, at=at)
        found = self.archive.claims_by_id([one for one in others if one != correction.claim_id])
        places = [(id_, one.claim.article_id) for id_, one in sorted(found.items())]
        ids = [correction.article_id, *(article_id for _, article_id in places)]
        named = self.names.printed(ids) if is_accepted else []
        kept = self.corrections.suggest(correction, ruling if is_accepted else None, others=places)
        if kept is None:
            raise self.correctables.gone_error(correction)
        if is_accepted:
            self.names.remove_unused(named, self.naming, self.now())
            self.updates.catch_up_if_free()
        return kept

    def decide(
        self,
        correction_id: str,
        ruling: RulingKind,
        *,
        person: str,
        person_name: str,
        reason: str | None = None,
    ) -> Correction:
        """Accept or decline a correction, or undo one that was accepted, for a reason where one is
        given; those of one press together.

        Raises NotFoundError where there is none, or what it corrects is gone, QueryError where it
        has been decided already.
        """
        correction = self.correctables.correction(correction_id)
        why = _said(reason, "corrections.no_reason") if reason else None
        decided = Ruling(
            ruling=ruling, person=person, person_name=person_name, at=self.now(), reason=why
        )
        named = self.names.printed(self._articles_of(correction))
        ruled = self.corrections.decide(correction_id, decided)
        if ruled is None:
            raise self._cannot_be(self.correctables.correction(correction_id), ruling)
        if ruling != "declined":
            self.names.remove_unused(named, self.naming, self.now())
            self.updates.catch_up_if_free()
        return ruled

    def _cannot_be(self, correction: Correction, ruling: RulingKind) -> NotFoundError | QueryError:
        if correction.state == "suggested" and ruling != "undone":
            return self.correctables.gone_error(correction)
        said = say("corrections.decided", ruling=say(f"corrections.ruling_{ruling}"))
        return QueryError(f"{said}: {state_text(correction)}")

    def _articles_of(self, correction: Correction) -> list[str]:
        """The articles that a correction changes, and those made with it."""
        made_with = correction.made_with
        first = self.correctables.correction(made_with) if made_with else correction
        of_each = (self.corrections.find(claim_id=one) for one in first.others)
        return [first.article_id, *(one.article_id for some in of_each for one in some[:1])]


def state_text(correction: Correction) -> str:
    """Say what has become of a correction, by whom, when and why."""
    if not correction.rulings:
        return say("corrections.still_suggested")
    return "; ".join(map(ruling_text, correction.rulings))


def ruling_text(ruling: Ruling) -> str:
    """Say who decided what, when and why."""
    on = short_date(ruling.at)
    said = say(f"corrections.state_{ruling.ruling}", by=ruling.person_name, on=on)
    return f"{said}: {ruling.reason}" if ruling.reason else said


def _said(text: str, missing: str) -> str:
    text = collapse_whitespace(text)
    if not text:
        raise QueryError(say(missing))
    if len(text) > MAX_TEXT_LENGTH:
        raise QueryError(say("corrections.too_long", most=MAX_TEXT_LENGTH))
    return text
