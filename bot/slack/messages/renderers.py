"""Render the outbox's rows as messages, by kind: when one is posted, and again when a claim in it
changes. A renderer returns None if there is nothing left to say; the row is then dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.newsroom import Newsroom
from bot.slack.parts import Message
from bot.slack.surfaces.answers import shared_claims, talk_blocks
from bot.slack.surfaces.answers.citation import make_citation
from bot.slack.surfaces.answers.reports import other_reports_note
from bot.slack.surfaces.corrections.blocks import correction_message, decision_message, quote
from bot.slack.surfaces.digests import settings_blocks
from bot.slack.surfaces.digests.blocks import digest_message
from bot.slack.surfaces.digests.details import detail_message
from bot.slack.surfaces.feeds import blocks as feed_blocks
from bot.slack.surfaces.watches import blocks as watch_blocks
from bot.store import MessageKey, OutboxMessage
from bot.store.delivery.payloads import (
    AlertPayload,
    AnswerPayload,
    CitePayload,
    CorrectionDecidedPayload,
    CorrectionPayload,
    DigestPayload,
    DigestStoppedPayload,
    DigestThreadPayload,
    FeedPayload,
    InvalidWatchPayload,
    SharePayload,
    TextPayload,
    WatchPausedPayload,
)

Renderer = Callable[[Newsroom, OutboxMessage], Message | None]


def _share(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """A claim that a person shares. Raises NotFoundError if it is gone before it is posted."""
    [claim] = newsroom.delivery.messages.restated(one.shown)
    if one.ts is None and claim.hit is None:
        newsroom.claims.hit(one.shown[0].claim_id)
    also = other_reports_note(newsroom, one.shown[0].claim_id) if claim.hit else None
    return shared_claims.share_message(claim, one.contents(SharePayload).person, also)


def _cite(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """A claim that a person cites. Raises NotFoundError as above."""
    [claim] = newsroom.delivery.messages.restated(one.shown)
    claim_id, person = one.shown[0].claim_id, one.contents(CitePayload).person
    if claim.hit is None:
        if one.ts is None:
            newsroom.claims.hit(claim_id)
        return shared_claims.share_message(claim, person)
    introduction = newsroom.speakers.descriptions.introduction(claim_id)
    not_printed = newsroom.corrections.correctables.unprinted_name(claim_id)
    made = make_citation(claim.hit, introduction, not_printed)
    return shared_claims.cite_message(claim.hit, made, person, has_changed=claim.changed)


def _feed(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """News of a feed for its owner."""
    return feed_blocks.feed_notice(one.contents(FeedPayload))


def _correction(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """A correction for a reviewer; None if it was decided or taken back before they were asked."""
    asked = one.contents(CorrectionPayload)
    correction = newsroom.corrections.correctables.correction(asked.correction)
    if one.ts is None and correction.state != "suggested":
        return None
    [about] = newsroom.corrections.correctables.corrected([correction])
    return decision_message(correction, about)


def _ruled(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """A ruling on a correction, for the person who suggested it: each message keeps its ruling."""
    ruled = one.contents(CorrectionDecidedPayload)
    correction = newsroom.corrections.correctables.correction(ruled.correction)
    if rulings := correction.rulings[: ruled.rulings]:
        correction = replace(correction, rulings=rulings, state=rulings[-1].ruling)
    [about] = newsroom.corrections.correctables.corrected([correction])
    return correction_message(
        correction,
        quotation=quote(about),
        with_button=False,
        is_gone=about.is_gone,
        with_reasons=True,
    )


def _told(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """A notice for a person, as it was stored."""
    payload = one.contents(TextPayload)
    return Message(payload.text, [dict(block) for block in payload.blocks])


def _answer(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """The best claims for a question in a channel, a thread or a direct message."""
    ts = one.key.rpartition("/")[2]
    claims = newsroom.delivery.messages.restated(one.shown)
    is_seen = not one.channel.startswith("D")
    return talk_blocks.answer_message(
        claims, one.contents(AnswerPayload), button_value=ts, is_public=is_seen
    )


def _alert(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """What a watch found; None if its owner no longer wants it."""
    alerted = newsroom.watches.alert_contents(one)
    return watch_blocks.alert_message(alerted) if alerted else None


def _paused(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """Why a watch is paused, for its owner; None if it runs again."""
    paused = one.contents(WatchPausedPayload)
    watch = newsroom.watches.paused(paused.watch)
    return watch_blocks.paused_message(watch, paused.failure) if watch else None


def _unread(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """Why the query of a watch can no longer be read, for its owner; None if it runs again."""
    unread = one.contents(InvalidWatchPayload)
    watch = newsroom.watches.paused(unread.watch)
    return watch_blocks.invalid_watch_message(watch, unread.failure) if watch else None


def _stopped(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """Why a digest is stopped, for its owner; None if it runs again."""
    subscription = newsroom.store.ledger.subscription(
        one.team, one.contents(DigestStoppedPayload).channel
    )
    if subscription is None or not subscription.stopped:
        return None
    return settings_blocks.stopped_message(subscription)


def _digest(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """A digest already in its channel; digest_draft renders those to be posted."""
    message = MessageKey(one.team, one.channel, one.ts or "")
    digest = newsroom.delivery.messages.posted_digest(message)
    return digest_message(digest) if digest else None


RENDERERS: Mapping[str, Renderer] = {
    SharePayload.kind: _share,
    CitePayload.kind: _cite,
    FeedPayload.kind: _feed,
    TextPayload.kind: _told,
    AnswerPayload.kind: _answer,
    CorrectionPayload.kind: _correction,
    CorrectionDecidedPayload.kind: _ruled,
    AlertPayload.kind: _alert,
    WatchPausedPayload.kind: _paused,
    InvalidWatchPayload.kind: _unread,
    DigestStoppedPayload.kind: _stopped,
    DigestThreadPayload.kind: detail_message,
    DigestPayload.kind: _digest,
}

RETRY_TEXTS: Mapping[str, str] = {"share": "sharing.again", "cite": "cite.post_again"}
"""For each kind, what a person can retry if it was not posted; else "outbox.again"."""
FAILURE_TEXTS: Mapping[str, str] = {
    "share": "sharing.failed",
    "cite": "cite.not_posted",
    "answer": "talk.failed",
}
"""For each kind, the first words if it was not posted; else "outbox.failed"."""
