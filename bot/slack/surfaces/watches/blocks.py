"""Alerts of watches, messages to their owners, and the list of watches. No I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from zoneinfo import ZoneInfo

from bot.model import Hit, Watch
from bot.newsroom.watches.watches import AlertContents, AlertStatement, WatchForecast
from bot.slack import claim_parts, parts
from bot.slack.mrkdwn import escape_code, escape_to_fit, render_line
from bot.slack.parts import Block, Message
from bot.wording import answers as wording
from bot.wording.hits import before_line, shown_passage, who_line, without_guess
from bot.wording.notes import also_reported_line, notes
from bot.wording.runs import Run
from bot.wording.same_sentence import group_by_sentence, with_one_passage
from bot.words import say
from bot.words.dates import short_date

MAX_FULL_GROUPS = 3
"""The number of sentences that an alert shows in full. Other statements get one line each."""
MAX_LINE_LENGTH, MAX_ESCAPED_LINE_LENGTH = 140, 600
MAX_DISPLAYED_QUERY_LENGTH, MAX_ESCAPED_QUERY_LENGTH = 200, 400
MAX_LISTED_WATCHES = 12
MAX_LISTED_NUMBERS = 100
"""After the watches listed in full, this many more are listed by their numbers only."""


def alert_message(contents: AlertContents) -> Message:
    """Show what a watch found, grouped by sentence, and which of its words matched.

    The text has only the groups that are shown in full, because chat.update accepts at most 4,000
    characters.
    """
    # What everybody reads names nobody who only probably said it.
    statements = [
        replace(one, row=replace(one.row, hits=tuple(map(without_guess, one.row.hits))))
        if one.row
        else one
        for one in contents.statements
    ]
    hits = [statement.row.hits[0] if statement.row else None for statement in statements]
    groups = [[statements[index] for index in indexes] for indexes in group_by_sentence(hits)]
    texts = [_group_text(group) for group in groups[:MAX_FULL_GROUPS]]
    blocks = list(chain.from_iterable(map(_group_blocks, groups[:MAX_FULL_GROUPS])))
    others = chain.from_iterable(groups[MAX_FULL_GROUPS:])
    blocks += [parts.context(_statement_line(statement)) for statement in others]
    if contents.omitted:
        blocks.append(parts.context(say("watches.more", n=contents.omitted)))
    watch_line = _watch_line(contents)
    blocks.append(parts.context(watch_line))
    watch = contents.watch
    if watch.state == "active":
        pause = parts.button(say("watches.pause_this"), "watch_pause", watch.id)
        end = parts.button(say("watches.end_this"), "watch_end", watch.id)
        blocks.append(parts.actions(pause, end))
    return Message("\n".join([*texts, watch_line]), blocks)


def _group_text(group: Sequence[AlertStatement]) -> str:
    if group[0].row is None:
        return _gone_line(group[0])
    hit, *others = _group_hits(group)
    return claim_parts.claim_text(hit, others)


def _group_blocks(group: Sequence[AlertStatement]) -> list[Block]:
    first = group[0]
    if first.row is None:
        return [parts.context(_gone_line(first))]
    hit, *others = _group_hits(group)
    remarks = notes(hit, first.row)
    if any(statement.changed for statement in group):
        remarks.append(say("claims.changed_since_posted"))
    return claim_parts.hit_blocks(hit, remarks, may_share=False, same_sentence_hits=others)


def _group_hits(group: Sequence[AlertStatement]) -> list[Hit]:
    return with_one_passage([statement.row.hits[0] for statement in group if statement.row])


def _gone_line(statement: AlertStatement) -> str:
    return parts.escape_note(wording.gone_line(statement.gone))


def _statement_line(statement: AlertStatement) -> str:
    if statement.row is None:
        return _gone_line(statement)
    hit = statement.row.hits[0]
    passage, _ = shown_passage(hit, MAX_LINE_LENGTH)
    before = before_line(hit, MAX_LINE_LENGTH)
    runs = [*before, Run(" ")] if before else []
    runs += [*who_line(hit), Run(f": {passage}")]
    runs += [Run(f" · {outlet}")] if (outlet := wording.outlet_name(hit.article)) else []
    if other_reports := also_reported_line(statement.row):
        runs.append(Run(f" · {other_reports}"))
    return render_line(runs, max_length=MAX_ESCAPED_LINE_LENGTH)


def _watch_line(contents: AlertContents) -> str:
    """Name the watch, and the words that matched unless they are the whole query."""
    watch = contents.watch
    if contents.has_moved:  # people in this channel may not be meant to see the query
        text, query = say("watches.fired_before", number=str(watch.number)), ""
    else:
        query = watch.query
        # A query that has quotation marks is shown without additional ones.
        quoted_query = _query_text(query) if '"' in query else f'"{_query_text(query)}"'
        key = "watches.fired" if watch.is_private else "watches.fired_in_channel"
        text = say(key, query=quoted_query)
    if not contents.words or sorted(contents.words) == sorted(query.casefold().split()):
        return text
    return say("watches.on_words", fired=text, words=_query_text(", ".join(contents.words)))


def _query_text(query: str) -> str:
    return escape_to_fit(
        query, max_length=MAX_DISPLAYED_QUERY_LENGTH, max_escaped=MAX_ESCAPED_QUERY_LENGTH
    )


def _number_and_query(watch: Watch) -> dict[str, str]:
    """Return a watch's number and its query, escaped, as values for a text."""
    return {"number": str(watch.number), "query": _query_text(watch.query)}


# -- messages to the owner


def watch_message(key: str, watch: Watch) -> Message:
    """Say where and when a watch alerts, with buttons to change it; `key` is the text's key."""
    has_operators = re.search(r'[:"=]|(?:^|\s)-|\bOR\b', watch.query)
    claims_key = "watches.matching" if has_operators else "watches.about"
    message = _message(
        say(
            key,
            number=str(watch.number),
            claims=say(claims_key, query=_query_text(watch.query)),
            where=_destination(watch),
            pace=_pace(watch),
        )
    )
    edit = parts.button(say("watches.edit"), "watch_edit", watch.id)
    end = parts.button(say("watches.end"), "watch_end", watch.id)
    return Message(message.text, [*message.blocks, parts.actions(edit, end)])


def changed_message(outcome: str, watch: Watch) -> Message:
    """Say that a watch was "paused", "resumed" or "ended"."""
    prefix = "dm " if watch.is_private else ""
    typed_text = escape_code(
        watch.query, max_length=MAX_DISPLAYED_QUERY_LENGTH, max_escaped=MAX_ESCAPED_QUERY_LENGTH
    )
    number_and_query = _number_and_query(watch)
    return _message(
        say(f"watches.{outcome}", **number_and_query, directly=prefix, typed=typed_text)
    )


def paused_message(watch: Watch, failure: str) -> Message:
    """Tell the owner of a watch why it was paused."""
    reason = parts.link_channel(watch.channel, parts.escape_note(failure))
    return _message(say("watches.paused_since", **_number_and_query(watch), failure=reason))


def invalid_watch_message(watch: Watch, failure: str) -> Message:
    """Tell the owner of a watch that its query is no longer valid."""
    return _message(
        say("watches.unread", **_number_and_query(watch), failure=parts.escape_note(failure))
    )


def broad_message(query: str, forecast: WatchForecast, value: str) -> Message:
    """Ask for confirmation of a watch that would find very many claims; `value` is the button's
    value."""
    question = _message(say("watches.broad", query=_query_text(query), n=forecast.claims))
    confirm = parts.button(say("watches.anyway"), "watch_anyway", value)
    return Message(question.text, [*question.blocks, parts.actions(confirm)])


def _message(text: str) -> Message:
    return Message(text.replace("`", ""), [parts.section(text)])


def _destination(watch: Watch) -> str:
    if watch.is_private:
        return say("watches.directly")
    return say("watches.here", channel=f"<#{watch.channel}>")


def _pace(watch: Watch) -> str:
    alert_time, zone = f"{watch.at:%H:%M}" if watch.at else "", watch.zone
    pace = say(f"watches.pace_{watch.pace}", at=alert_time, zone=zone)
    if not watch.quiet:
        return pace
    start, end = (f"{boundary:%H:%M}" for boundary in watch.quiet)
    return say("watches.but_quiet", pace=pace, begin=start, end=end, zone=zone)


# -- the list


def list_message(watches: Sequence[Watch], user_id: str) -> Message:
    """List a person's watches and those of a channel, with buttons for the person's own."""
    if not watches:
        return _message(say("watches.none"))
    texts = [_watch_text(watch, user_id) for watch in watches[:MAX_LISTED_WATCHES]]
    rows = (watch_row(watch, user_id) for watch in watches[:MAX_LISTED_WATCHES])
    blocks = list(chain.from_iterable(rows))
    if omitted_watches := watches[MAX_LISTED_WATCHES:]:
        numbers = ", ".join(str(watch.number) for watch in omitted_watches[:MAX_LISTED_NUMBERS])
        texts.append(say("watches.rows_more", n=len(omitted_watches), numbers=numbers))
        blocks.append(parts.context(texts[-1]))
    return Message("\n".join(texts), blocks)


def watch_row(watch: Watch, user_id: str) -> list[Block]:
    """Return the state of a watch, with buttons to change it if the user is its owner."""
    section = parts.section(_watch_text(watch, user_id))
    if watch.person != user_id:
        return [section]
    toggle = "pause" if watch.state == "active" else "resume"
    buttons = parts.actions(
        parts.button(say("watches.edit"), "watch_edit", watch.id),
        parts.button(say(f"watches.{toggle}"), f"watch_{toggle}", watch.id),
        parts.button(say("watches.end"), "watch_end", watch.id),
    )
    return [section, buttons]


def _watch_text(watch: Watch, user_id: str) -> str:
    key = "watches.row_of" if watch.state == "active" else "watches.row_paused"
    number_found = _number_found(watch)
    state = [say(key, where=_destination(watch), pace=_pace(watch), fired=number_found)]
    if watch.person != user_id:
        state.append(say("watches.by", person=f"<@{watch.person}>"))
    return f"{say('watches.row', **_number_and_query(watch))}\n{' · '.join(state)}"


def _number_found(watch: Watch) -> str:
    if watch.fired_at is None:
        return say("watches.fired_never")
    day = short_date(watch.fired_at.astimezone(ZoneInfo(watch.zone)).date())
    return say("watches.fired_times", n=watch.fired, day=day)
