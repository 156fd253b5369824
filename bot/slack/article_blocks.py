"""What the bot shows of one article that somebody asks for, and of what became of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import FetchError, FetchKind, IngestError
from bot.languages import is_known
from bot.newsroom import Outcome, Overview
from bot.newsroom.matching import MatchKind
from bot.slack import parts, wording
from bot.slack.mrkdwn import line
from bot.slack.parts import Message, told
from bot.slack.wording import counted

CLAIMS_SHOWN = 3

NOT_OUTSIDE = ("dns", "refused")
"""Kinds of failures that would tell, of a name, whether our own network knows it."""
OUTSIDE_ONLY = (
    "nothing of the public internet can be read there. Check the address; to whoever runs "
    "Claimdesk, claimdesk ingest says more."
)
IN_SLACK: dict[FetchKind, str] = {
    "slow": "Try again later.",
    "large": "Save the part that is the article, and have it ingested.",
}
"""What to do where the usual advice is for whoever runs Claimdesk."""

MAY_NOT_WITHDRAW = "Only admins may withdraw an article. Ask one of them."

BECAME = {
    "new": "read and filed",
    "updated": "read again: it has changed",
    "unchanged": "known already, and unchanged",
}
NEW_DETAILS = "known already: the same text, with new details"


def article_message(
    outcome: Outcome, found: Overview, *, others: int = 0, may_withdraw: bool = False
) -> Message:
    """Say which article it is and what became of it, with its first claims. `others` is how many
    more articles came with it; whoever `may_withdraw` it finds a button for that."""
    shown = [hit for hit in found.hits if hit.claim.kind != "passage"][:CLAIMS_SHOWN]
    label = wording.printed_line(found.article, found.also_in)
    blocks = [parts.context(line(label, room=parts.ARTICLE_ROOM))]
    for hit in shown:
        content, _where_too, buttons = parts.hit_blocks(hit, (), parts.SHORTER_CONTENT)
        blocks += [content, buttons]
    became = BECAME[outcome.status]
    if outcome.status == "updated" and outcome.keeps_text:
        became = NEW_DETAILS
    facts = [became, *_claims(found, len(shown)), *_versions(found)]
    if others:
        facts.append(f"{counted(others, 'more article')} from the same address")
    summary = parts.note(" · ".join(facts))
    blocks.append(parts.context(summary))
    if may_withdraw:
        blocks.append(parts.buttons(parts.button("Withdraw …", "withdraw", found.article.id)))
    texts = [parts.claim_text(hit.claim, hit.article) for hit in shown]
    texts = texts or [parts.note(wording.plain(label))]
    return Message("\n".join([*texts, summary]), blocks)


def _claims(found: Overview, shown: int) -> list[str]:
    if not is_known(found.article.language):
        return ["kept as text, not read for claims"]
    number = [counted(len(found.hits), "claim")]
    return [*number, f"{shown} shown"] if len(found.hits) > shown else number


def _versions(found: Overview) -> list[str]:
    """How many versions there are, and what the last of them changed."""
    if found.versions < 2:
        return []
    kinds: tuple[MatchKind, ...] = ("changed", "gone", "new")
    numbers = [(found.changes[kind], kind) for kind in kinds if found.changes[kind]]
    said = f"{found.versions} versions; the last changed no claim"
    if numbers:
        (number, kind), *more = numbers
        rest = "".join(f", {number} {kind}" for number, kind in more)
        said = f"{found.versions} versions; in the last, {counted(number, 'claim')} {kind}{rest}"
    return [said]


def kept_out_message(address: str, outcome: Outcome) -> Message:
    """Say that an article is not shown. Whoever asks learns nothing that it says: neither its
    title, nor what its publisher tells editors of it."""
    why = "was withdrawn and stays out"
    if outcome.status == "withheld":
        why = "is held back by its publisher for now"
    more = f"In the terminal, claimdesk article {outcome.id} tells an admin more."
    return told(f"The article at {address} {why}. Nothing of it is shown. {more}")


def withdrawn_message(found: Overview) -> Message:
    """Say, in the place of an article, that it has just been withdrawn."""
    return told(
        f"The article is withdrawn: {what_it_holds(found)} will be found nowhere any more, and "
        "messages that show some of it are being changed. In the terminal, claimdesk article "
        f"{found.article.id} shows what is kept."
    )


def what_it_holds(found: Overview) -> str:
    """Its claims, or the text in which nobody has looked for any."""
    if not found.hits or not is_known(found.article.language):
        return "its text"
    return f"its {counted(len(found.hits), 'claim')}"


def not_read(errors: Sequence[IngestError]) -> Message:
    """Say why an address gave no article, or no feed."""
    error = errors[0]
    where = f"{error.subject}: " if error.subject else ""
    if isinstance(error, FetchError) and error.kind in NOT_OUTSIDE:
        return told(f"Not read: {where}{OUTSIDE_ONLY}")
    remedy = error.remedy
    if isinstance(error, FetchError):
        remedy = IN_SLACK.get(error.kind, remedy)
    remedy = f" {remedy.removesuffix('.')}." if remedy else ""
    return told(f"Not read: {where}{error.cause}.{remedy}")
