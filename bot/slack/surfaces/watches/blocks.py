"""Alerts of watches, and their list. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.model import Hit, Watch
from bot.newsroom.watches.watches import AlertContents, AlertStatement, WatchForecast
from bot.slack import parts
from bot.slack.mrkdwn import fitted, in_code, line
from bot.slack.parts import Block, Message
from bot.wording import answers as wording
from bot.wording.hits import shown_passage, who_line
from bot.wording.notes import also_reported_line, notes
from bot.wording.runs import Run
from bot.wording.same_sentence import group_by_sentence, with_one_passage
from bot.words import say
from bot.words.dates import short_date

MOST_WHOLE = 3
"""Rows that an alert shows with buttons; each of the rest has a line."""
LINE_LENGTH, LINE_ROOM = 140, 420
QUERY_LENGTH, QUERY_ROOM = 200, 400
MOST_ROWS, MOST_NUMBERS = 12, 100
"""Watches listed with buttons, and those of which only the number is listed."""


def alert_message(alerted: AlertContents) -> Message:
    """Show what a watch found, and which of its words matched.

    The text has only the rows with buttons: chat.update accepts at most 4,000 characters.
    """
    blocks: list[Block] = []
    texts = []
    rows = _rows(alerted.statements)
    for row in rows[:MOST_WHOLE]:
        texts.append(_text(row))
        blocks += _whole(row)
    for one in (one for row in rows[MOST_WHOLE:] for one in row):
        blocks.append(parts.context(_line(one)))
    if alerted.omitted:
        blocks.append(parts.context(say("watches.more", n=alerted.omitted)))
    fired = _fired(alerted)
    watch = alerted.watch
    blocks.append(parts.context(fired))
    if watch.state == "active":
        pause = parts.button(say("watches.pause_this"), "watch_pause", watch.id)
        end = parts.button(say("watches.end_this"), "watch_end", watch.id)
        blocks.append(parts.buttons(pause, end))
    return Message("\n".join([*texts, fired]), blocks)


def _rows(told: Sequence[AlertStatement]) -> list[list[AlertStatement]]:
    """Group the claims of an alert by sentence."""
    rows = group_by_sentence([one.row.hits[0] if one.row else None for one in told])
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
    text, _ = shown_passage(hit, LINE_LENGTH)
    place = hit.article.outlet or say("articles.outlet_not_known")
    runs = (*who_line(hit), Run(f": {text} · {place}"), *_also(one))
    return line(runs, room=LINE_ROOM)


def _also(one: AlertStatement) -> Iterator[Run]:
    if one.row and (also := also_reported_line(one.row)):
        yield Run(f" · {also}")


def _text(told: Sequence[AlertStatement]) -> str:
    if told[0].row is None:
        return parts.note(wording.gone_line(told[0].gone))
    hit, *beside = _hits(told)
    return parts.claim_text(hit, beside)


def _fired(alerted: AlertContents) -> str:
    """Name the watch, and the words that matched unless its query says so."""
    watch = alerted.watch
    if alerted.has_moved:  # the query may not be meant for those who see this
        fired, typed = say("watches.fired_before", number=str(watch.number)), ""
    else:
        key = "watches.fired" if watch.is_private else "watches.fired_in_channel"
        fired, typed = say(key, query=_quoted(watch.query)), watch.query
    if not alerted.words or sorted(alerted.words) == sorted(typed.casefold().split()):
        return fired
    shown = fitted(", ".join(alerted.words), (), length=QUERY_LENGTH, room=QUERY_ROOM)
    return say("watches.on_words", fired=fired, words=shown)


def _named(watch: Watch) -> dict[str, str]:
    """Return a watch's number and query, for a text with markup."""
    return {"number": str(watch.number), "query": _query(watch.query)}


def _query(typed: str) -> str:
    return fitted(typed, (), length=QUERY_LENGTH, room=QUERY_ROOM)


def _quoted(typed: str) -> str:
    """Return a query in quotation marks, unless it contains some."""
    return _query(typed) if '"' in typed else f'"{_query(typed)}"'


def _claims(typed: str) -> str:
    """Say which claims a query finds: about its words, or matching its operators."""
    is_plain = not re.search(r'[:"=]|(?:^|\s)-|\bOR\b', typed)
    return say("watches.about" if is_plain else "watches.matching", query=_query(typed))


# -- setting


def watch_message(key: str, watch: Watch) -> Message:
    """A message to the owner of a watch about where and when it alerts; `key` is its text's."""
    said = _message(
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


def changed_message(what: str, watch: Watch) -> Message:
    """Say that a watch was "paused", "resumed" or "ended"."""
    directly = "dm " if watch.is_private else ""
    typed = in_code(watch.query, length=QUERY_LENGTH, room=QUERY_ROOM)
    return _message(say(f"watches.{what}", **_named(watch), directly=directly, typed=typed))


def paused_message(watch: Watch, failure: str) -> Message:
    """Tell the owner of a watch why it is paused."""
    shown = parts.link_channel(watch.channel, parts.note(failure))
    return _message(say("watches.paused_since", **_named(watch), failure=shown))


def unread_message(watch: Watch, failure: str) -> Message:
    """Tell the owner of a watch that its query can no longer be read."""
    return _message(say("watches.unread", **_named(watch), failure=parts.note(failure)))


def broad_message(query: str, foreseen: WatchForecast, value: str) -> Message:
    """Ask whether so many claims are wanted; `value` is that of the button to confirm."""
    asked = _message(say("watches.broad", query=_query(query), n=foreseen.claims))
    anyway = parts.button(say("watches.anyway"), "watch_anyway", value)
    return Message(asked.text, [*asked.blocks, parts.buttons(anyway)])


def help_message() -> Message:
    """Say what can be typed after /watch."""
    return _message(say("watches.help"))


def _message(text: str) -> Message:
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
        return _message(say("watches.none"))
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
    """The state of a watch, with buttons to change it for its owner."""
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
