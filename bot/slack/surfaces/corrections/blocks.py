"""Messages about corrections, for the people who suggest them and the reviewers. No I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.model import FOREIGN_PARAGRAPH, Correction, CurrentClaim, Hit
from bot.slack import claim_parts, parts
from bot.slack.mrkdwn import escape_to_fit, render_line
from bot.slack.parts import Block, Message
from bot.wording.answers import article_line, gone_line
from bot.wording.corrections import change_lines
from bot.wording.hits import shown_passage, who_line
from bot.wording.runs import Run
from bot.words import say
from bot.words.dates import short_day_of_year

MAX_CHANGE_LENGTH, MAX_ESCAPED_CHANGE_LENGTH = 900, 1800
MAX_QUOTE_LENGTH, MAX_ESCAPED_QUOTE_LENGTH = 160, 600
MAX_ESCAPED_REASON_LENGTH = 400
MAX_CORRECTIONS = 3
"""The number of corrections shown in a claim's modals."""
SLACK_USER_ID = re.compile(r"[UW][A-Z0-9]{1,30}", re.ASCII)


def correction_message(
    correction: Correction,
    zone: str | None = None,
    *,
    quotation: str | None = None,
    remarks: Sequence[str] = (),
    with_button: bool = True,
    is_gone: bool = False,
    with_reasons: bool = False,
) -> Message:
    """Show the state of a correction, who suggested it and who decided on it.

    `quotation` quotes what is corrected, as returned by quote(). Days are given in `zone`. If the
    claim `is_gone`, neither the article's words nor the corrected ones are shown.
    """
    status = _status(correction, zone, is_gone=is_gone)
    buttons = {
        "suggested": parts.button(say("correcting.take_back"), "correction_back", correction.id),
        "accepted": parts.button(say("correcting.undo"), "correction_undo", correction.id),
    }
    button = buttons.get(correction.state) if with_button else None
    section = parts.section(status, **({"accessory": button} if button else {}))
    # A reason may quote a claim that is gone.
    reasons = reason_lines(correction) if with_reasons and not is_gone else []
    lines = [*([quotation] if quotation else []), *reasons, *map(parts.escape_note, remarks)]
    return Message("\n".join([status, *lines]), [section, *map(parts.context, lines)])


def correction_blocks(
    corrections: Sequence[Correction], claim_id: str, zone: str | None, *, may_undo: bool
) -> list[Block]:
    """Return a claim's accepted corrections with their reasons and, if `may_undo`, a button."""
    blocks = []
    for correction in corrections[:MAX_CORRECTIONS]:
        remarks = []
        if correction.claim_id != claim_id and not correction.is_of_article:
            remarks.append(say("correcting.of_another"))
        if correction.state == "undone":
            remarks.append(say("correcting.search_again"))
        message = correction_message(
            correction, zone, remarks=remarks, with_button=may_undo, with_reasons=True
        )
        blocks += message.blocks
    return [*blocks, *_more_corrections(len(corrections) - MAX_CORRECTIONS)]


def correction_lines(corrections: Sequence[Correction], zone: str | None) -> list[Block]:
    """Return a claim's accepted corrections as one line of small print each, without reasons."""
    lines = [
        parts.context(_status(correction, zone)) for correction in corrections[:MAX_CORRECTIONS]
    ]
    return [*lines, *_more_corrections(len(corrections) - MAX_CORRECTIONS)]


def _more_corrections(number: int) -> list[Block]:
    return [parts.context(say("correcting.more_made", n=number))] if number > 0 else []


def quote(subject: CurrentClaim) -> str | None:
    """Quote the subject of a correction in one line; None if it is gone.

    Of a claim: the speaker, the first words and the article. Of an article: its line.
    """
    if subject.card:
        return render_line(article_line(subject.card), max_length=MAX_ESCAPED_QUOTE_LENGTH)
    if subject.hit is None:
        return None
    passage, _ = shown_passage(subject.hit, MAX_QUOTE_LENGTH)
    place = article_line(subject.hit.article)
    runs = (*who_line(subject.hit), Run(f": {passage} · "), *place)
    return render_line(runs, max_length=MAX_ESCAPED_QUOTE_LENGTH)


def decision_message(
    correction: Correction, subject: CurrentClaim, zone: str | None = None
) -> Message:
    """Ask a reviewer to decide on a correction, or show how it was decided."""
    blocks = decision_blocks(correction, subject, zone)
    if correction.state == "suggested":
        accept = parts.button(say("correcting.accept"), "correction_accept", correction.id)
        decline = parts.button(say("correcting.decline"), "correction_decline", correction.id)
        blocks.append(parts.actions(accept, decline))
    summary = blocks[0]["text"]["text"]
    reasons = [] if subject.is_gone else reason_lines(correction)
    return Message("\n".join([summary, *reasons]), blocks)


def decision_blocks(correction: Correction, subject: CurrentClaim, zone: str | None) -> list[Block]:
    """Return the question about a correction or the decision on it, its reasons and subject."""
    if correction.state == "suggested":
        person = _person_text(correction.person, correction.person_name)
        change = _change_text(correction, subject.is_gone)
        summary = say("correcting.to_decide", person=person, change=change)
    else:
        summary = _status(correction, zone, is_gone=subject.is_gone)
    reasons = [] if subject.is_gone else reason_lines(correction)
    blocks = [parts.section(summary), *map(parts.context, reasons)]
    if subject.hit:
        return [*blocks, *claim_parts.claim_blocks(subject.hit)]
    if subject.card:
        article = render_line(article_line(subject.card), max_length=MAX_ESCAPED_QUOTE_LENGTH)
        return [*blocks, parts.context(article)]
    is_article = correction.is_of_article
    gone_text = say("correcting.article_gone") if is_article else gone_line(subject.gone)
    return [*blocks, parts.context(parts.escape_note(gone_text))]


def other_choices_message(hit: Hit) -> Message:
    """Show a claim with a button for what is rarer: more of its speaker, its article, and each way
    to correct it."""
    claim = hit.claim
    more, kinds = ["article", *(["by"] if claim.speaker else [])], list[str]()
    if claim.kind != FOREIGN_PARAGRAPH:
        kinds = ["speaker" if claim.speaker else "somebody", "rejected"]
        kinds += ["words"] if claim.spans else []

    def buttons(names: Sequence[str], prefix: str) -> list[Block]:
        labels = ((name, say(f"buttons.claim_{name}")) for name in names)
        return [parts.button(label, f"{prefix}_{name}", claim.id) for name, label in labels]

    blocks = [
        *claim_parts.claim_blocks(hit),
        parts.actions(*buttons(more, "claim")),
        parts.context(say("correcting.what_is_wrong")),
        parts.actions(*buttons(kinds, "correct"), correct_article_button(claim.article_id)),
    ]
    return Message(claim_parts.claim_text(hit), blocks)


def correct_article_button(article_id: str) -> Block:
    """Return the button that opens the modal to correct an article."""
    return parts.button(say("buttons.correct_article"), "correct_article", article_id)


class _Step(NamedTuple):
    """A step of a correction; `verb` is "suggested", "made" (at once), "taken_back" or a ruling."""

    verb: str
    person: str
    moment: datetime
    reason: str | None


def _steps(correction: Correction) -> list[_Step]:
    person = _person_text(correction.person, correction.person_name)
    rulings = list(correction.rulings)
    verb = "suggested"
    if rulings and rulings[0].ruling == "accepted" and rulings[0].person == correction.person:
        verb = "made"
        del rulings[0]
    steps = [_Step(verb, person, correction.suggested_at, correction.reason)]
    for ruling in rulings:
        is_own = ruling.person == correction.person
        verb = "taken_back" if is_own and ruling.ruling == "declined" else ruling.ruling
        person = _person_text(ruling.person, ruling.person_name)
        steps.append(_Step(verb, person, ruling.at, ruling.reason))
    return steps


def reason_lines(correction: Correction) -> list[str]:
    """Return the reasons that people gave for a correction and for the decisions on it.

    If there are several, each is shown with the person who gave it.
    """
    reasons = [
        (step.person, parts.escape_note(step.reason, MAX_ESCAPED_REASON_LENGTH))
        for step in _steps(correction)
        if step.reason
    ]
    if len(reasons) == 1:
        return [say("correcting.because", reason=reasons[0][1])]
    return [say("correcting.reason_of", person=person, reason=reason) for person, reason in reasons]


def _status(correction: Correction, zone: str | None, *, is_gone: bool = False) -> str:
    change = _change_text(correction, is_gone)
    *previous_steps, last_step = _steps(correction)
    if correction.state == "accepted":
        change = _capitalise(change)
        if not previous_steps:
            day = _day(last_step.moment, zone)
            return say("correcting.by", change=change, person=last_step.person, day=day)
        steps = _steps_text([*previous_steps, last_step], zone)
        return say("correcting.decided", change=change, steps=steps)
    step = _capitalise(_steps_text([last_step], zone))
    status = say("correcting.not_so", step=step, change=change)
    if last_step.verb == "taken_back" or not previous_steps:
        return status
    return f"{status} {_capitalise(_steps_text(previous_steps, zone))}."


def _capitalise(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _steps_text(steps: Sequence[_Step], zone: str | None) -> str:
    return "; ".join(
        say(f"correcting.step_{step.verb}", person=step.person, day=_day(step.moment, zone))
        for step in steps
    )


def _change_text(correction: Correction, is_gone: bool) -> str:
    """Say what a correction changes, escaped; without the words if the claim is gone."""
    lines = "; ".join(change_lines(correction, in_words=not is_gone))
    return escape_to_fit(lines, max_length=MAX_CHANGE_LENGTH, max_escaped=MAX_ESCAPED_CHANGE_LENGTH)


def _person_text(person_id: str, name: str) -> str:
    """Mention a Slack user; give the name of a person who works at a terminal and has no id."""
    if SLACK_USER_ID.fullmatch(person_id):
        return f"<@{person_id}>"
    return escape_to_fit(name, max_length=100, max_escaped=200)


def _day(moment: datetime, zone: str | None) -> str:
    return short_day_of_year(moment.astimezone(ZoneInfo(zone) if zone else UTC).date())
