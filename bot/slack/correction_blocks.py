"""What people hear of corrections: those whose they are, and those who decide. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.model import Correction, Hit, Restated
from bot.slack import parts
from bot.slack.correction_lines import changes_said
from bot.slack.mrkdwn import fitted, line
from bot.slack.parts import Block, Message
from bot.slack.wording import article_line, gone_line
from bot.wording.hits import passage_shown, who_line
from bot.wording.runs import Run
from bot.words import say
from bot.words.dates import short_day_of_year

CHANGE_LENGTH, CHANGE_ROOM = 900, 1800
QUOTE_LENGTH, QUOTE_ROOM = 160, 600
MOST_SHOWN = 3
"""Corrections of a claim that are shown in its modals."""
MEMBER = re.compile(r"[UW][A-Z0-9]{1,30}", re.ASCII)


def stands_message(
    correction: Correction,
    zone: str | None = None,
    *,
    quoted: str | None = None,
    remarks: Sequence[str] = (),
    may_change: bool = True,
    is_gone: bool = False,
) -> Message:
    """Say how a correction stands, and of which claim, `quoted` as by quote(); whoever `may_change`
    that finds a button. Its days are those of a time zone. Of a claim that `is_gone` no words are
    shown any more, neither the article's nor those that took their place."""
    said = _stands(correction, zone, is_gone=is_gone)
    buttons = {
        "suggested": parts.button(say("correcting.take_back"), "correction_back", correction.id),
        "accepted": parts.button(say("correcting.undo"), "correction_undo", correction.id),
    }
    button = buttons.get(correction.state) if may_change else None
    blocks = [parts.section(said, **({"accessory": button} if button else {}))]
    shown = [*([quoted] if quoted else []), *map(parts.note, remarks)]
    return Message("\n".join([said, *shown]), [*blocks, *map(parts.context, shown)])


def corrections_shown(
    standing: Sequence[Correction], claim_id: str, zone: str | None, *, may_undo: bool
) -> list[Block]:
    """The corrections by which a claim reads as it does, each with its reason; whoever `may_undo`
    them finds a button."""
    blocks = []
    for one in standing[:MOST_SHOWN]:
        remarks = [say("correcting.because", reason=one.reason)]
        if one.claim_id != claim_id:
            remarks.append(say("correcting.of_another"))
        if one.state == "undone":
            remarks.append(say("correcting.search_again"))
        blocks += stands_message(one, zone, remarks=remarks, may_change=may_undo).blocks
    return [*blocks, *_more(len(standing) - MOST_SHOWN)]


def corrections_listed(standing: Sequence[Correction], zone: str | None) -> list[Block]:
    """The same in short: what has been corrected by whom, each as a line in small print."""
    lines = [parts.context(_stands(one, zone)) for one in standing[:MOST_SHOWN]]
    return [*lines, *_more(len(standing) - MOST_SHOWN)]


def _more(number: int) -> list[Block]:
    return [parts.context(say("correcting.more_made", n=number))] if number > 0 else []


def quote(hit: Hit) -> str:
    """Who says a claim, the first words of its sentence and where it stands, as one line."""
    printed, _ = passage_shown(hit, QUOTE_LENGTH)
    place = article_line(hit.article)
    return line((*who_line(hit), Run(f": {printed} · "), *place), room=QUOTE_ROOM)


def to_decide_message(correction: Correction, claim: Restated, zone: str | None = None) -> Message:
    """Ask whoever decides about a correction; of one that has been decided on, say how."""
    is_open, is_gone = correction.state == "suggested", claim.hit is None
    said = _asks(correction, is_gone) if is_open else _stands(correction, zone, is_gone=is_gone)
    # A reason may quote what it is about.
    why = "" if is_gone else parts.note(say("correcting.because", reason=correction.reason))
    blocks = [parts.section(said), *([parts.context(why)] if why else []), *_shown(claim)]
    if is_open:
        accept = parts.button(say("correcting.accept"), "correction_accept", correction.id)
        decline = parts.button(say("correcting.decline"), "correction_decline", correction.id)
        blocks.append(parts.buttons(accept, decline))
    return Message(f"{said} {why}".strip(), blocks)


def _asks(correction: Correction, is_gone: bool) -> str:
    by = _named(correction.person, correction.person_name)
    return say("correcting.to_decide", person=by, change=_change(correction, is_gone))


def _stands(correction: Correction, zone: str | None, *, is_gone: bool = False) -> str:
    change = _change(correction, is_gone)
    by = _named(correction.person, correction.person_name)
    if not correction.rulings:
        day = _day(correction.suggested_at, zone)
        return say("correcting.suggested_by", person=by, day=day, change=change)
    last = correction.rulings[-1]
    day = _day(last.at, zone)
    if correction.state == "accepted" and last.person == correction.person:
        return say("correcting.by", change=f"{change[:1].upper()}{change[1:]}", person=by, day=day)
    ruled = _named(last.person, last.person_name)
    return say(f"correcting.{last.ruling}", person=ruled, day=day, change=change)


def _change(correction: Correction, is_gone: bool) -> str:
    """What a correction changes, its words inert; none of a claim that is gone."""
    said = "; ".join(changes_said(correction, in_words=not is_gone))
    return fitted(said, (), length=CHANGE_LENGTH, room=CHANGE_ROOM)


def _named(person: str, name: str) -> str:
    """Somebody, as Slack shows them; who decides at a terminal has no id there."""
    return f"<@{person}>" if MEMBER.fullmatch(person) else fitted(name, (), length=100, room=200)


def _day(moment: datetime, zone: str | None) -> str:
    return short_day_of_year(moment.astimezone(ZoneInfo(zone) if zone else UTC).date())


def _shown(claim: Restated) -> list[Block]:
    if claim.hit is None:
        return [parts.context(parts.note(gone_line(claim.gone)))]
    return parts.claim_blocks(claim.hit)
