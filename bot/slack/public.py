"""What stands in a channel, for everybody: shares and digests, and both as they stand by now. Pure.

A whole message is refused somewhere above 10,000 characters, which is why a digest has its room,
and has to do with 50 blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Claim, Digest, DigestSection, Gone, Hit, Restated
from bot.slack import parts, wording
from bot.slack.mrkdwn import fitted, inert, line
from bot.slack.parts import Block, Message

DIGEST_LENGTHS = (280, 180, 110)
DIGEST_MESSAGE_ROOM, MOST_BLOCKS = 9000, 50


def shared_message(hit: Hit, person: str) -> Message:
    """A claim as `person`, a Slack user's id, shares it in a channel."""
    return mended_share_message(Restated(hit=hit), person)


def mended_share_message(claim: Restated, person: str) -> Message:
    """A shared claim as it stands by now."""
    by = f"shared by <@{person}>"
    if not (hit := claim.hit):
        why = _gone(claim.gone)
        return Message(f"{why} – {by}", [parts.section(why), parts.context(by)])
    if claim.changed:
        by = f"{by} · {wording.CHANGED_SINCE_SHARED}"
    text = f"{parts.claim_text(hit.claim, hit.article)} – {by}"
    return Message(text, [*parts.claim_blocks(hit.claim, hit.article), parts.context(by)])


def digest_message(digest: Digest) -> Message:
    """A day's claims by article: those of `digest_that_fits`, the rest counted."""
    return _digest_of(digest, _in_order(digest_that_fits(digest)))


def mended_digest_message(digest: Digest, claims: Sequence[Restated]) -> Message:
    """A digest that has been posted, with its claims, in their order, as they stand by now."""
    while claims and not _fits(digest, claims, DIGEST_LENGTHS[-1]):
        claims = claims[:-1]
    return _digest_of(digest, claims)


def _digest_of(digest: Digest, claims: Sequence[Restated]) -> Message:
    texts = [wording.digest_heading(digest), *wording.digest_notes(digest)]
    for one in claims:
        hit = one.hit
        texts.append(parts.claim_text(hit.claim, hit.article) if hit else _gone(one.gone))
    if rest := wording.digest_rest(digest, len(claims)):
        texts.append(rest)
    lengths = (length for length in DIGEST_LENGTHS if _fits(digest, claims, length))
    blocks = _digest_blocks(digest, claims, next(lengths, DIGEST_LENGTHS[-1]))
    return Message("\n".join(texts), blocks)


def _in_order(digest: Digest) -> list[Restated]:
    return [
        Restated(hit=Hit(claim=claim, article=section.article, score=0.0))
        for section in digest.sections
        for claim in section.claims
    ]


def _gone(gone: Gone | None) -> str:
    return parts.note(wording.gone_line(gone))


def digest_that_fits(digest: Digest) -> Digest:
    """The digest with as many of its claims as one message has room for, from the first on.

    Contents are cut shorter before a claim is left out.
    """
    while digest.sections and not _fits(digest, _in_order(digest), DIGEST_LENGTHS[-1]):
        *sections, last = digest.sections
        if claims := last.claims[:-1]:
            sections.append(DigestSection(article=last.article, claims=claims))
        digest = replace(digest, sections=tuple(sections))
    return digest


def _fits(digest: Digest, claims: Sequence[Restated], length: int) -> bool:
    blocks = _digest_blocks(digest, claims, length)
    return len(blocks) <= MOST_BLOCKS and sum(map(_characters, blocks)) <= DIGEST_MESSAGE_ROOM


def _digest_blocks(digest: Digest, claims: Sequence[Restated], length: int) -> list[Block]:
    """A digest's blocks, with contents of at most `length` characters."""
    heading = wording.digest_heading(digest)
    blocks = [_header(heading) if digest.claims else parts.section(inert(heading))]
    blocks += [parts.context(parts.note(note)) for note in wording.digest_notes(digest)]
    under = ""
    for one in claims:
        if not (hit := one.hit):
            blocks.append(parts.context(_gone(one.gone)))
            continue
        if hit.article.id != under:
            under = hit.article.id
            where = wording.printed_line(hit.article, digest.copies.get(under, {}).values())
            blocks.append(parts.context(line(where, room=parts.ARTICLE_ROOM)))
        blocks.append(_digest_claim(hit.claim, length, changed=one.changed))
    if rest := wording.digest_rest(digest, len(claims)):
        blocks.append(parts.context(inert(rest)))
    return blocks


def _characters(block: Block) -> int:
    texts = block["elements"] if block["type"] == "context" else [block["text"]]
    return sum(len(text["text"]) for text in texts)


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _digest_claim(claim: Claim, length: int, *, changed: bool) -> Block:
    content = fitted(claim.text, (), length=length, room=2 * length)
    button = parts.button("Context", "context", claim.id)
    since = f" · {wording.CHANGED_SINCE_POSTED}" if changed else ""
    return parts.section(f"{content}\n{parts.attribution(claim)}{since}", accessory=button)
