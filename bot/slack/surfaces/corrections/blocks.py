"""Messages about corrections, for those who suggest and those who decide. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.model import Correction, CurrentClaim, Hit
from bot.slack import claim_parts, parts
from bot.slack.mrkdwn import escape_to_fit, render_line
from bot.slack.parts import Block, Message
from bot.wording.answers import article_line, gone_line
from bot.wording.corrections import change_lines
from bot.wording.hits import shown_passage, who_line
from bot.wording.runs import Run
from bot.words import say
from bot.words.dates import short_day_of_year

CHANGE_LENGTH, CHANGE_ROOM = 900, 1800
QUOTE_LENGTH, QUOTE_ROOM, REASON_ROOM = 160, 600, 400
MOST_SHOWN = 3
"""Corrections that a claim's modals show."""
PERSON_ID = re.compile(r"[UW][A-Z0-9]{1,30}", re.ASCII)


def correction_message(
    correction: Correction,
    zone: str | None = None,
    *,
    quoted: str | None = None,
    remarks: Sequence[str] = (),
    may_change: bool = True,
    is_gone: bool = False,
    with_reasons: bool = False,
) -> Message:
    """Show the state of a correction, who suggested and who decided it, and what it corrects.

    The latter comes `quoted`, as by quote(). `may_change` adds a button, `with_reasons` the
    reasons; days are in the time zone. If the claim `is_gone`, neither the article's words nor the
    corrected ones are shown.
    """
    said = _status(correction, zone, is_gone=is_gone)
    buttons = {
        "suggested": parts.button(say("correcting.take_back"), "correction_back", correction.id),
        "accepted": parts.button(say("correcting.undo"), "correction_undo", correction.id),
    }
    button = buttons.get(correction.state) if may_change else None
    blocks = [parts.section(said, **({"accessory": button} if button else {}))]
    # A reason may quote what it is about.
    why = reasons(correction) if with_reasons and not is_gone else []
    shown = [*([quoted] if quoted else []), *why, *map(parts.note, remarks)]
    return Message("\n".join([said, *shown]), [*blocks, *map(parts.context, shown)])


def correction_blocks(
    standing: Sequence[Correction], claim_id: str, zone: str | None, *, may_undo: bool
) -> list[Block]:
    """Return the accepted corrections of a claim, each with its reasons and, with `may_undo`, a
    button."""
    blocks = []
    for one in standing[:MOST_SHOWN]:
        remarks = []
        if one.claim_id != claim_id and not one.is_of_article:
            remarks.append(say("correcting.of_another"))
        if one.state == "undone":
            remarks.append(say("correcting.search_again"))
        shown = correction_message(
            one, zone, remarks=remarks, may_change=may_undo, with_reasons=True
        )
        blocks += shown.blocks
    return [*blocks, *_more(len(standing) - MOST_SHOWN)]


def correction_lines(standing: Sequence[Correction], zone: str | None) -> list[Block]:
    """Return the same in short: each correction and its person as a line in small print."""
    lines = [parts.context(_status(one, zone)) for one in standing[:MOST_SHOWN]]
    return [*lines, *_more(len(standing) - MOST_SHOWN)]


def _more(number: int) -> list[Block]:
    return [parts.context(say("correcting.more_made", n=number))] if number > 0 else []


def quote(about: CurrentClaim) -> str | None:
    """Quote what a correction corrects in one line: the speaker, the first words and the article of
    a claim; or the article. None if it is gone."""
    if about.card:
        return render_line(article_line(about.card), max_length=QUOTE_ROOM)
    if about.hit is None:
        return None
    printed, _ = shown_passage(about.hit, QUOTE_LENGTH)
    place = article_line(about.hit.article)
    return render_line(
        (*who_line(about.hit), Run(f": {printed} · "), *place), max_length=QUOTE_ROOM
    )


def decision_message(
    correction: Correction, about: CurrentClaim, zone: str | None = None
) -> Message:
    """Ask a reviewer about a correction, or show how it was decided."""
    is_open = correction.state == "suggested"
    blocks = decision_blocks(correction, about, zone)
    if is_open:
        accept = parts.button(say("correcting.accept"), "correction_accept", correction.id)
        decline = parts.button(say("correcting.decline"), "correction_decline", correction.id)
        blocks.append(parts.buttons(accept, decline))
    said = blocks[0]["text"]["text"]
    why = [] if about.is_gone else reasons(correction)
    return Message("\n".join([said, *why]), blocks)


def decision_blocks(correction: Correction, about: CurrentClaim, zone: str | None) -> list[Block]:
    """Return a correction to decide, or its decision, with the reasons and what it corrects."""
    if correction.state == "suggested":
        said = _question(correction, about.is_gone)
    else:
        said = _status(correction, zone, is_gone=about.is_gone)
    why = [] if about.is_gone else reasons(correction)
    shown = [parts.section(said), *map(parts.context, why)]
    if about.hit:
        return [*shown, *claim_parts.claim_blocks(about.hit)]
    if about.card:
        return [*shown, parts.context(render_line(article_line(about.card), max_length=QUOTE_ROOM))]
    gone = gone_line(about.gone)
    if correction.is_of_article:
        gone = say("correcting.article_gone")
    return [*shown, parts.context(parts.note(gone))]


def wrong_message(hit: Hit) -> Message:
    """Ask what is wrong with a claim or its article."""
    claim = hit.claim
    kinds = ["speaker" if claim.speaker else "somebody", "rejected"]
    kinds += ["words"] if claim.spans else []
    buttons = [
        parts.button(say(f"buttons.claim_{kind}"), f"correct_{kind}", claim.id) for kind in kinds
    ]
    buttons.append(correct_article_button(claim.article_id))
    asked = say("correcting.what_is_wrong")
    blocks = [parts.section(asked), *claim_parts.claim_blocks(hit), parts.buttons(*buttons)]
    return Message(f"{asked} {claim_parts.claim_text(hit)}", blocks)


def correct_article_button(article_id: str) -> Block:
    """Return the button that opens the modal to correct an article."""
    return parts.button(say("buttons.correct_article"), "correct_article", article_id)


def _question(correction: Correction, is_gone: bool) -> str:
    by = _named(correction.person, correction.person_name)
    return say("correcting.to_decide", person=by, change=_change(correction, is_gone))


class _Step(NamedTuple):
    """A step of a correction: somebody suggested it, made it at once, or decided it."""

    verb: str
    person: str
    at: datetime
    reason: str | None

    def said(self, zone: str | None) -> str:
        return say(f"correcting.step_{self.verb}", person=self.person, day=_day(self.at, zone))


def _steps(correction: Correction) -> list[_Step]:
    by = _named(correction.person, correction.person_name)
    decided = list(correction.rulings)
    verb = "suggested"
    if decided and decided[0].ruling == "accepted" and decided[0].person == correction.person:
        verb = "made"
        del decided[0]
    steps = [_Step(verb, by, correction.suggested_at, correction.reason)]
    for one in decided:
        took_back = one.ruling == "declined" and one.person == correction.person
        did = "taken_back" if took_back else one.ruling
        steps.append(_Step(did, _named(one.person, one.person_name), one.at, one.reason))
    return steps


def reasons(correction: Correction) -> list[str]:
    """Return the reasons for suggesting and deciding a correction, with their persons."""
    given = [step for step in _steps(correction) if step.reason]
    shown = [(step, parts.note(step.reason or "", REASON_ROOM)) for step in given]
    if len(shown) == 1:
        return [say("correcting.because", reason=reason) for _, reason in shown]
    return [say("correcting.reason_of", person=one.person, reason=reason) for one, reason in shown]


def _status(correction: Correction, zone: str | None, *, is_gone: bool = False) -> str:
    change = _change(correction, is_gone)
    *before, last = _steps(correction)
    if correction.state == "accepted":
        shown = f"{change[:1].upper()}{change[1:]}"
        if not before:
            return say("correcting.by", change=shown, person=last.person, day=_day(last.at, zone))
        return say("correcting.decided", change=shown, steps=_steps_text([*before, last], zone))
    said = _steps_text([last], zone)
    said = say("correcting.not_so", step=f"{said[:1].upper()}{said[1:]}", change=change)
    if last.verb == "taken_back" or not before:
        return said
    earlier = _steps_text(before, zone)
    return f"{said} {earlier[:1].upper()}{earlier[1:]}."


def _steps_text(steps: Sequence[_Step], zone: str | None) -> str:
    return "; ".join(step.said(zone) for step in steps)


def _change(correction: Correction, is_gone: bool) -> str:
    """Say what a correction changes, escaped; without its words if the claim is gone."""
    said = "; ".join(change_lines(correction, in_words=not is_gone))
    return escape_to_fit(said, max_length=CHANGE_LENGTH, max_escaped=CHANGE_ROOM)


def _named(person: str, name: str) -> str:
    """Mention somebody, or name them if they decided at a terminal and have no id in Slack."""
    return (
        f"<@{person}>"
        if PERSON_ID.fullmatch(person)
        else escape_to_fit(name, max_length=100, max_escaped=200)
    )


def _day(moment: datetime, zone: str | None) -> str:
    return short_day_of_year(moment.astimezone(ZoneInfo(zone) if zone else UTC).date())
