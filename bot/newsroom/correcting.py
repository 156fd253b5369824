"""The use cases of corrections: what people say of claims that is to be read instead of what was
found, and what others decide about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from bot.corrections import folded
from bot.errors import NotFoundError, QueryError
from bot.model import (
    Claim,
    Correctable,
    Correction,
    CorrectionState,
    Hit,
    Ruling,
    RulingKind,
    Spans,
)
from bot.newsroom import spelling
from bot.newsroom.changes import Changes, on_one_line
from bot.newsroom.finding import Finding
from bot.newsroom.showing import holds_any
from bot.newsroom.training import Example, example
from bot.newsroom.whereabouts import around, passage_in, places
from bot.store.served import Within
from bot.words import say
from bot.words.dates import short_date

LONGEST = 500
"""Characters of a reason and of a name."""
MOST_SPEAKERS = 20

WORD = re.compile(r"[“”„«»\"‘’'`]{0,4}\w(?:\S*\w)?(?:[.,;:!?…]*[“”»\"’']+)?")
"""A word with the quotation marks around it, and with a full stop or comma only inside these: where
contents begin and end."""


class Correcting(Finding):
    """Mend what was found in articles."""

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
        decides: bool,
    ) -> Correction:
        """Keep what a person says of a claim; of one who `decides` it stands at once.

        `changes` are by field how the claim should read, as in model.Correction, with source, cue
        and content as spans of the article's text. What follows is filled in: the words that give
        a new speaker, whether new words are quoted. The same `press` twice is one correction.
        Raises NotFoundError where the claim is gone, QueryError for changes that cannot be.
        """
        if there := self.store.corrections.by_press(team, press):
            return there
        within = self._within(claim_id)
        made = Changes(within, self._as_it_reads(within), self._places(within)).made(changes)
        now = self.now()
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
            suggested_at=now,
        )
        ruling = Ruling(ruling="accepted", person=person, person_name=person_name, at=now)
        named = self.store.names.printed([within.card.id]) if decides else []
        kept = self.store.corrections.suggest(correction, ruling if decides else None)
        if kept is None:
            raise self._is_gone(claim_id)
        if decides:
            self.store.names.forget(named, self.naming, self.now())
            self.catch_up_if_free()
        return kept

    def decide(
        self, correction_id: str, ruling: RulingKind, *, person: str, person_name: str
    ) -> Correction:
        """Accept or decline a correction, or undo one that was accepted.

        Raises NotFoundError where there is none, or its claim is gone, QueryError where it has been
        decided already.
        """
        correction = self.correction(correction_id)
        decided = Ruling(ruling=ruling, person=person, person_name=person_name, at=self.now())
        named = self.store.names.printed([correction.article_id])
        ruled = self.store.corrections.rule(correction_id, decided)
        if ruled is None:
            raise self._cannot_be(self.correction(correction_id), ruling)
        if ruling != "declined":
            self.store.names.forget(named, self.naming, self.now())
            self.catch_up_if_free()
        return ruled

    def _cannot_be(self, correction: Correction, ruling: RulingKind) -> NotFoundError | QueryError:
        if correction.state == "suggested" and ruling != "undone":
            return self._is_gone(correction.claim_id)
        said = say("corrections.decided", ruling=say(f"corrections.ruling_{ruling}"))
        return QueryError(f"{said}: {state_of(correction)}")

    def correction(self, correction_id: str) -> Correction:
        """One correction by its id. Raises NotFoundError."""
        correction = self.store.corrections.one(correction_id)
        if correction is None:
            raise NotFoundError(say("corrections.unknown"), subject=correction_id)
        return correction

    def corrections(
        self,
        state: CorrectionState | None = None,
        claim_id: str | None = None,
        limit: int | None = None,
    ) -> list[Correction]:
        """Corrections in a state, of a claim, or all, the latest first."""
        return self.store.corrections.listed(state=state, claim_id=claim_id, limit=limit)

    def corrections_read(self, team: str, claim_id: str) -> list[Correction]:
        """The corrections that stand and by which a claim reads as it does, of a workspace: its
        own, the latest first, then those of others in its article whose names it has too (nearby,
        through whom). Raises NotFoundError where the claim is gone."""
        claim = self._within(claim_id).claim
        if not claim.corrected:
            return []
        beside = self.store.archive.claims_in(claim.article_id)
        ids = [claim.id, *(one.id for one in beside if _reads_of(claim, one))]
        listed = (self.store.corrections.listed(state="accepted", claim_id=id_) for id_ in ids)
        return [one for several in listed for one in several if one.team == team]

    def correctable(self, claim_id: str) -> Correctable:
        """A claim with what a person needs to mend it. Raises NotFoundError where it is gone."""
        within = self._within(claim_id)
        claim, (source, cue) = self._as_it_reads(within), self._places(within)
        start, end = around(claim.spans, within.paragraphs) if claim.spans else (0, 0)
        words = tuple(found.span() for found in WORD.finditer(within.text, start, end))
        return Correctable(
            hit=Hit(
                claim=claim,
                article=within.card,
                score=0.0,
                passage=passage_in(within.text, within.paragraphs, claim),
            ),
            paragraph=within.text[start:end] if claim.spans else claim.text,
            start=start,
            words=words,
            source=_ranges(source, words),
            cue=_ranges(cue, words),
            content=_ranges(claim.spans, words),
            speakers=self._speakers_of(within.card.id),
        )

    def is_printed(self, claim_id: str, name: str) -> bool:
        """Whether a claim's article prints a name. Raises NotFoundError."""
        return _prints(self._within(claim_id).text, name)

    def not_printed(self, claim_id: str) -> str | None:
        """The first of a corrected claim's names (who said it, through whom, nearby) that its
        article does not print. Raises NotFoundError."""
        within = self._within(claim_id)
        claim = within.claim
        if not claim.corrected:
            return None
        near = claim.near.speaker if claim.near else None
        names = (claim.speaker, *claim.via, near)
        return next((name for name in names if name and not _prints(within.text, name)), None)

    def training(self, *, as_found: bool = False) -> Iterator[Example]:
        """The articles that people have corrected, whole, as examples to train and score taggers
        with: their attributions as they read now or, `as_found`, as the extractor found them."""
        for article_id, found, said in self.store.corrections.articles():
            yield example(article_id, found, () if as_found else said)

    # -- the parts

    def _within(self, claim_id: str) -> Within:
        within = self.store.archive.within(claim_id)
        if within is None:
            raise self._is_gone(claim_id)
        return within

    def _as_it_reads(self, within: Within) -> Claim:
        (claim,) = self.as_shown([within.claim])
        return claim

    def _places(self, within: Within) -> tuple[Spans, Spans]:
        """Where a claim's source and cue stand: where people have said, or else nearby."""
        claim = within.claim
        source, cue = places(within.text, within.paragraphs, claim)
        if claim.corrected:
            said = self.store.corrections.listed(state="accepted", claim_id=claim.id)
            fields = folded(within.text, claim, said)
            source = fields["source"].spans if fields.get("source") else source
            cue = fields["cue"].spans if fields.get("cue") else cue
        return source, cue

    def _speakers_of(self, article_id: str) -> tuple[str, ...]:
        claims = self.as_shown(self.store.archive.claims_in(article_id))
        counted = Counter(one.speaker for one in claims if one.speaker and not one.unsure)
        return tuple(speaker for speaker, _ in counted.most_common(MOST_SPEAKERS))


def state_of(correction: Correction) -> str:
    """Say what has become of a correction, by whom and when."""
    if not correction.rulings:
        return say("corrections.still_suggested")
    last = correction.rulings[-1]
    on = short_date(last.at)
    return say(f"corrections.state_{last.ruling}", by=last.person_name, on=on)


def _prints(text: str, name: str) -> bool:
    words = spelling.folded(name)
    return bool(words) and holds_any(text, [words])


def _reads_of(claim: Claim, other: Claim) -> bool:
    """Whether a claim has names or words from another one, which people have corrected."""
    if not other.corrected or other.id == claim.id:
        return False
    near, who = claim.near, other.speaker or other.source
    is_near = near is not None and (near.speaker, near.text) == (who, other.text)
    return is_near or bool(claim.inside and other.speaker in claim.via)


def _said(text: str, missing: str) -> str:
    text = on_one_line(text)
    if not text:
        raise QueryError(say(missing))
    if len(text) > LONGEST:
        raise QueryError(say("corrections.too_long", most=LONGEST))
    return text


def _ranges(spans: Spans, words: Spans) -> Spans:
    """Which of some words spans touch, as ranges."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        touched = [n for n, (first, last) in enumerate(words) if first < end and start < last]
        if touched:
            out.append((touched[0], touched[-1] + 1))
    return tuple(out)
