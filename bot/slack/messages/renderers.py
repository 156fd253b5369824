"""Render outbox messages by kind, when they are posted and again when their claims change.

A renderer returns None if there is nothing left to say; the message is then dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.slack.parts import Message
from bot.slack.replies import viewer_in
from bot.slack.surfaces.answers import shared_claims, talk_blocks
from bot.slack.surfaces.answers.reports import row_of
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
from bot.words import say

Renderer = Callable[[Newsroom, OutboxMessage], Message | None]


def _render_share(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """A claim that a person shares or cites.

    Raises NotFoundError if, before it is posted, it is gone or not as the person has seen it.
    """
    [claim] = newsroom.delivery.messages.current_claims(message.shown)
    payload, kind = message.payload_as(SharePayload), message.kind
    if claim.hit is None:
        _require_posted(newsroom, message)
    rendered = shared_claims.shared_message(
        newsroom, "cite" if kind == "cite" else "share", claim, payload.person
    )
    is_as_seen = payload.shown in ("", shared_claims.message_digest(rendered))
    if message.ts is None and not is_as_seen:
        raise NotFoundError(say("sharing.changed"), remedy=say("sharing.look_again"))
    rendered.blocks.append(shared_claims.withdraw_row(message.key))
    return rendered


def _require_posted(newsroom: Newsroom, message: OutboxMessage) -> None:
    """Raise NotFoundError, with why the claim is gone, if the message is not posted yet.

    Loading the claim raises it, so call this only for a claim that is gone.
    """
    if message.ts is None:
        newsroom.claims.load_hit(message.shown[0].claim_id)


def _render_feed(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """A status notice about a feed, for its owner."""
    return feed_blocks.feed_notice(message.payload_as(FeedPayload))


def _render_correction(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """A request to review a correction; None if it was already decided or withdrawn."""
    lookup = newsroom.corrections.lookup
    correction = lookup.correction(message.payload_as(CorrectionPayload).correction)
    if message.ts is None and correction.state != "suggested":
        return None
    [subject] = lookup.current_claims([correction])
    return decision_message(correction, subject)


def _render_correction_decided(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """A ruling on a correction, for the person who suggested it; later rulings do not change it."""
    payload = message.payload_as(CorrectionDecidedPayload)
    lookup = newsroom.corrections.lookup
    correction = lookup.correction(payload.correction)
    ruling_count = payload.rulings  # None for all
    if rulings := correction.rulings[:ruling_count]:
        correction = replace(correction, rulings=rulings, state=rulings[-1].ruling)
    [subject] = lookup.current_claims([correction])
    return correction_message(
        correction,
        quotation=quote(subject),
        with_button=False,
        is_gone=subject.is_gone,
        with_reasons=True,
    )


def _render_text(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """A notice for a person, as stored."""
    payload = message.payload_as(TextPayload)
    return Message(payload.text, [dict(block) for block in payload.blocks])


def _render_answer(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """The best claims for a question in a channel, a thread or a direct message."""
    is_public = not message.channel.startswith("D")
    viewer = viewer_in(message.team, message.channel, message.person)
    claims = newsroom.delivery.messages.current_claims(message.shown, viewer)
    rendered = talk_blocks.answer_message(
        claims,
        message.payload_as(AnswerPayload),
        rows={
            claim.hit.claim.id: row_of(newsroom, claim.hit.claim.id)
            for claim in claims
            if claim.hit
        },
        button_value=message.key.rpartition("/")[2],
        is_public=is_public,
    )
    if is_public:
        rendered.blocks.append(shared_claims.withdraw_row(message.key))
    return rendered


def _render_alert(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """Alerts of a watch; None if its owner no longer wants them."""
    contents = newsroom.watches.alert_contents(message)
    return watch_blocks.alert_message(contents) if contents else None


def _render_paused_watch(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """Tell a watch's owner why it is paused; None if it has been resumed."""
    payload = message.payload_as(WatchPausedPayload)
    watch = newsroom.watches.paused_watch(payload.watch)
    return watch_blocks.paused_message(watch, payload.failure) if watch else None


def _render_invalid_watch(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """Tell a watch's owner why its query is no longer valid; None if the watch has been resumed."""
    payload = message.payload_as(InvalidWatchPayload)
    watch = newsroom.watches.paused_watch(payload.watch)
    return watch_blocks.invalid_watch_message(watch, payload.failure) if watch else None


def _render_stopped_digest(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """Tell a digest's owner why it was stopped; None if it has been resumed."""
    channel = message.payload_as(DigestStoppedPayload).channel
    subscription = newsroom.store.ledger.subscription(message.team, channel)
    if subscription is None or not subscription.stop_reason:
        return None
    return settings_blocks.stopped_message(subscription)


def _render_posted_digest(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """A digest that has been posted. New ones are rendered in
    bot.slack.surfaces.digests.draft."""
    message_key = MessageKey(message.team, message.channel, message.ts or "")
    digest = newsroom.delivery.messages.posted_digest(message_key)
    return digest_message(digest) if digest else None


RENDERERS: Mapping[str, Renderer] = {
    SharePayload.kind: _render_share,
    CitePayload.kind: _render_share,
    FeedPayload.kind: _render_feed,
    TextPayload.kind: _render_text,
    AnswerPayload.kind: _render_answer,
    CorrectionPayload.kind: _render_correction,
    CorrectionDecidedPayload.kind: _render_correction_decided,
    AlertPayload.kind: _render_alert,
    WatchPausedPayload.kind: _render_paused_watch,
    InvalidWatchPayload.kind: _render_invalid_watch,
    DigestStoppedPayload.kind: _render_stopped_digest,
    DigestThreadPayload.kind: detail_message,
    DigestPayload.kind: _render_posted_digest,
}

RETRY_TEXTS: Mapping[str, str] = {"share": "sharing.again", "cite": "cite.post_again"}
"""The text that says what to retry if a message is not posted, by kind; the default is
"outbox.again"."""
FAILURE_TEXTS: Mapping[str, str] = {
    "share": "sharing.failed",
    "cite": "cite.not_posted",
    "answer": "talk.failed",
}
"""The text that opens a failure notice, by kind; see `SlackTransport.failure_text` for the
others."""
