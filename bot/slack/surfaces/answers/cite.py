"""The modal of Cite, with the texts to copy.

The modal shows the message that it posts in the thread of the claim's message or, if only one
person sees that message, in its channel.
"""

from __future__ import annotations

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.newsroom import Newsroom
from bot.slack import parts
from bot.slack.modals import MAX_INPUT_LENGTH
from bot.slack.parts import Block, Message
from bot.slack.refusals import Body, slack_call
from bot.slack.replies import Reply, sign_response_url
from bot.slack.surfaces.answers.citation import Citation
from bot.slack.surfaces.answers.shared_claims import cite_message, load_citation, message_digest
from bot.slack.surfaces.answers.sharing import Posting, posting_view
from bot.words import say


async def open_cite_modal(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    """Open the modal with a claim's texts. Raises NotFoundError if the claim is gone."""

    def load() -> tuple[Citation, Message]:
        [hit] = newsroom.search.disputes.with_disputes([newsroom.claims.load_hit(claim_id)])
        citation = load_citation(newsroom, hit)
        cited_by = say("claims.cited_by", person=f"<@{body['user']['id']}>")
        return citation, cite_message(hit, citation, cited_by)

    citation, message = await asyncio.to_thread(load)
    container = body.get("container") or {}
    message_ts = str(container.get("message_ts") or "")
    # An ephemeral message cannot start a thread, but may be in one.
    thread_ts = reply.thread_ts or (None if container.get("is_ephemeral") else message_ts)
    posting = None
    # Without a message, or where only this person reads it, there is nowhere to post.
    if message_ts and reply.channel and (thread_ts or not reply.channel.startswith("D")):
        shown, url = message_digest(message), sign_response_url(client, body)
        posting = Posting(claim_id, reply.channel, message_ts, thread_ts, shown, url)
    view = posting_view("cite", cite_blocks(citation, message, posting), body, posting)
    with slack_call(say("cite.failed"), next_step=say("cite.again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def cite_blocks(citation: Citation, message: Message, posting: Posting | None) -> list[Block]:
    """Return the message that will be posted, above the texts to copy."""
    # The texts are in inputs: mrkdwn would add invisible characters to what is copied, and on a
    # phone only the text of an input can be selected with one touch.
    texts = {
        "as_news" if citation.is_sentence else "quotation": citation.text,
        "link": citation.link or say("cite.no_link"),
        "markdown": citation.markdown,
    }
    hints = [] if citation.is_sentence else [say("cite.no_sentence")]
    hints += [say("cite.copy"), *([] if posting else [say("cite.nowhere")])]
    # Nobody has cited what is not posted.
    blocks = message.blocks if posting else message.blocks[:-1]
    copyable = (_copyable_input(name, text) for name, text in texts.items())
    return [*blocks, {"type": "divider"}, parts.context(" ".join(hints)), *copyable]


def _copyable_input(name: str, text: str) -> Block:
    """Return an input from which a text is copied."""
    element = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": name != "link",
        "max_length": MAX_INPUT_LENGTH,
        "initial_value": text[:MAX_INPUT_LENGTH],
    }
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": parts.plain_text(say(f"cite.{name}"), 75),
        "element": element,
    }
