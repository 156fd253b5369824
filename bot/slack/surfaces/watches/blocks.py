"""What watches tell, and how they are listed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.model import Hit, Watch
from bot.newsroom.watches.watches import AlertContents, AlertStatement, WatchForecast
from bot.slack import parts
from bot.slack.mrkdwn import coded, fitted, line
from bot.slack.parts import Block, Message
from bot.wording import answers as wording
from bot.wording.hits import passage_shown, who_line
from bot.wording.notes import elsewhere, notes
from bot.wording.runs import Run
from bot.wording.together import together, with_one_passage
from bot.words import say
from bot.words.dates import short_date

WHOLE = 3
"""Of what one message tells, so much is shown with its buttons; of the rest each has a line."""
LINE_LENGTH, LINE_ROOM = 140, 420
QUERY_LENGTH, QUERY_ROOM = 200, 400
MOST_ROWS, MOST_NUMBERS = 12, 100
"""Watches that are listed with their buttons, and those of which only the number is."""


def alert_message(alerted: AlertContents) -> Message:
    """What a watch has found, and which of its words fired.

    The text has only what is shown whole: chat.update takes no more than 4,000 characters of it.
    """
    blocks: list[Block] = []
    texts = []
    rows = _rows(alerted.told)
    for row in rows[:WHOLE]:
        texts.append(_text(row))
        blocks += _whole(row)
    for one in (one for row in rows[WHOLE:] for one in row):
        blocks.append(parts.context(_line(one)))
    if alerted.more:
        blocks.append(parts.context(say("watches.more", n=alerted.more)))
    fired = _fired(alerted)
    watch = alerted.watch
    blocks.append(parts.context(fired))
    if watch.state == "active":
        pause = parts.button(say("watches.pause_this"), "watch_pause", watch.id)
        end = parts.button(say("watches.end_this"), "watch_end", watch.id)
        blocks.append(parts.buttons(pause, end))
    return Message("\n".join([*texts, fired]), blocks)


def _rows(told: Sequence[AlertStatement]) -> list[list[AlertStatement]]:
    """What is told, claims out of one sentence together."""
    rows = together([one.row.hits[0] if one.row else None for one in told])
    return [[told[at] for at in row] for row in rows]


def _whole(told: Sequence[AlertStatement]) -> list[Block]:
    first = told[0]
    if first.row is None:
        return [parts.context(parts.note(wording.gone_line(first.gone)))]
    hit, *beside = _hits(told)
    said = notes(hit, first.row)
    if any(one.changed for one in told):
        said.append(say("claims.changed_since_posted"))
    return parts.hit_blocks(hit, said, may_share=False, beside=beside)


def _hits(told: Sequence[AlertStatement]) -> list[Hit]:
    return with_one_passage([one.row.hits[0] for one in told if one.row])


def _line(one: AlertStatement) -> str:
    if one.row is None:
        return parts.note(wording.gone_line(one.gone))
    hit = one.row.hits[0]
    text, _ = passage_shown(hit, LINE_LENGTH)
    place = hit.article.outlet or say("articles.outlet_not_known")
    runs = (*who_line(hit), Run(f": {text} · {place}"), *_also(one))
    return line(runs, room=LINE_ROOM)


def _also(one: AlertStatement) -> Iterator[Run]:
    if one.row and (also := elsewhere(one.row)):
        yield Run(f" · {also}")


def _text(told: Sequence[AlertStatement]) -> str:
    if told[0].row is None:
        return parts.note(wording.gone_line(told[0].gone))
    hit, *beside = _hits(told)
    return parts.claim_text(hit, beside)


def _fired(alerted: AlertContents) -> str:
    """Which watch it was, and which of its words fired where its query does not say."""
    watch = alerted.watch
    if alerted.tells_elsewhere:  # its query may not be for those who see this
        fired, typed = say("watches.fired_before", number=str(watch.number)), ""
    else:
        key = "watches.fired" if watch.is_private else "watches.fired_in_channel"
        fired, typed = say(key, query=_quoted(watch.query)), watch.query
    if not alerted.words or sorted(alerted.words) == sorted(typed.casefold().split()):
        return fired
    shown = fitted(", ".join(alerted.words), (), length=QUERY_LENGTH, room=QUERY_ROOM)
    return say("watches.on_words", fired=fired, words=shown)


def _named(watch: Watch) -> dict[str, str]:
    """A watch's number and query, to be put into a text with markup."""
    return {"number": str(watch.number), "query": _query(watch.query)}


def _query(typed: str) -> str:
    return fitted(typed, (), length=QUERY_LENGTH, room=QUERY_ROOM)


def _quoted(typed: str) -> str:
    """A query in quotation marks, where it has none itself."""
    return _query(typed) if '"' in typed else f'"{_query(typed)}"'


def _claims(typed: str) -> str:
    """Which claims a query finds: those about its words, or those that match its operators."""
    is_plain = not re.search(r'[:"=]|(?:^|\s)-|\bOR\b', typed)
    return say("watches.about" if is_plain else "watches.matching", query=_query(typed))


# -- setting


def told_of(key: str, watch: Watch) -> Message:
    """Say one of the texts about a watch and where and when it tells, for whoever has set it."""
    said = _told(
        say(
            key,
            number=str(watch.number),
            claims=_claims(watch.query),
            where=_where(watch),
            pace=_pace(watch),
        )
    )
    edit = parts.button(say("watches.edit"), "watch_edit", watch.id)
    end = parts.button(say("watches.end"), "watch_end", watch.id)
    return Message(said.text, [*said.blocks, parts.buttons(edit, end)])


def became(what: str, watch: Watch) -> Message:
    """Say what became of a watch: "paused", "resumed" or "ended"."""
    directly = "dm " if watch.is_private else ""
    typed = coded(watch.query, length=QUERY_LENGTH, room=QUERY_ROOM)
    return _told(say(f"watches.{what}", **_named(watch), directly=directly, typed=typed))


def paused_message(watch: Watch, failure: str) -> Message:
    """Say to whoever has set a watch why it does not go on."""
    shown = parts.linking(watch.channel, parts.note(failure))
    return _told(say("watches.paused_since", **_named(watch), failure=shown))


def unread_message(watch: Watch, failure: str) -> Message:
    """Say to whoever has set a watch that its query cannot be read any more."""
    return _told(say("watches.unread", **_named(watch), failure=parts.note(failure)))


def broad_message(query: str, foreseen: WatchForecast, value: str) -> Message:
    """Ask whether so many claims are wanted; `value` is that of the button that says so."""
    asked = _told(say("watches.broad", query=_query(query), n=foreseen.claims))
    anyway = parts.button(say("watches.anyway"), "watch_anyway", value)
    return Message(asked.text, [*asked.blocks, parts.buttons(anyway)])


def help_message() -> Message:
    """Say what can be typed after /watch."""
    return _told(say("watches.help"))


def _told(text: str) -> Message:
    return Message(text.replace("`", ""), [parts.section(text)])


def _where(watch: Watch) -> str:
    if watch.is_private:
        return say("watches.directly")
    return say("watches.here", channel=f"<#{watch.channel}>")


def _pace(watch: Watch) -> str:
    at, zone = f"{watch.at:%H:%M}" if watch.at else "", watch.zone
    pace = say(f"watches.pace_{watch.pace}", at=at, zone=zone)
    if not watch.quiet:
        return pace
    begin, end = (f"{one:%H:%M}" for one in watch.quiet)
    return say("watches.but_quiet", pace=pace, begin=begin, end=end, zone=zone)


# -- the list


def list_message(watches: Sequence[Watch], person: str) -> Message:
    """List a person's watches and those of a channel, with buttons at the person's own."""
    if not watches:
        return _told(say("watches.none"))
    blocks: list[Block] = []
    texts = []
    for watch in watches[:MOST_ROWS]:
        texts.append(_row_text(watch, person))
        blocks += watch_row(watch, person)
    if more := watches[MOST_ROWS:]:
        numbers = ", ".join(str(watch.number) for watch in more[:MOST_NUMBERS])
        texts.append(say("watches.rows_more", n=len(more), numbers=numbers))
        blocks.append(parts.context(texts[-1]))
    return Message("\n".join(texts), blocks)


def watch_row(watch: Watch, person: str) -> list[Block]:
    """A watch as it stands, and for whoever has set it the buttons to change it."""
    blocks = [parts.section(_row_text(watch, person))]
    if watch.person == person:
        goes_on = "pause" if watch.state == "active" else "resume"
        blocks.append(
            parts.buttons(
                parts.button(say("watches.edit"), "watch_edit", watch.id),
                parts.button(say(f"watches.{goes_on}"), f"watch_{goes_on}", watch.id),
                parts.button(say("watches.end"), "watch_end", watch.id),
            )
        )
    return blocks


def _row_text(watch: Watch, person: str) -> str:
    key = "watches.row_of" if watch.state == "active" else "watches.row_paused"
    stands = [say(key, where=_where(watch), pace=_pace(watch), fired=_how_often(watch))]
    if watch.person != person:
        stands.append(say("watches.by", person=f"<@{watch.person}>"))
    return f"{say('watches.row', **_named(watch))}\n{' · '.join(stands)}"


def _how_often(watch: Watch) -> str:
    if watch.fired_at is None:
        return say("watches.fired_never")
    day = short_date(watch.fired_at.astimezone(ZoneInfo(watch.zone)).date())
    return say("watches.fired_times", n=watch.fired, day=day)
