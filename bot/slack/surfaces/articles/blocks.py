"""Articles that somebody asks for, and the outcome of reading them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.articles.claim_matches import MatchKind
from bot.errors import FetchError, FetchKind, IngestError
from bot.model import UNATTRIBUTED, ArticleCard, Claim
from bot.newsroom.articles.article_intake import Outcome
from bot.newsroom.articles.overview import Overview, QuotedChain
from bot.slack import parts
from bot.slack.mrkdwn import line
from bot.slack.parts import Block, Message, notice
from bot.slack.surfaces.corrections.blocks import correct_article_button
from bot.text.languages import is_readable
from bot.wording import answers as wording
from bot.wording.answers import counted
from bot.wording.runs import Run, Runs, plain, shorten
from bot.words import say
from bot.words.dates import short_date

CLAIMS_SHOWN = 3
MOST_SOURCES, SOURCE_ROOM = 12, 200
"""Lines in the list of sources, and characters of each when escaped."""
BAR, LONGEST_BAR, ARROW = "█", 10, " → "

PRIVATE_NETWORK_KINDS = ("dns", "refused")
"""Kinds of failures that would reveal whether a name exists in our own network."""
REMEDIES: Mapping[FetchKind, str] = {
    "url": "articles.give_an_address",
    "robots": "articles.ask_the_site",
    "connection": "articles.try_later",
    "tls": "articles.tell_the_site",
    "slow": "articles.try_later",
    "large": "articles.take_a_part",
    "redirects": "articles.give_its_end",
    "missing": "articles.check_it",
    "forbidden": "articles.save_it",
    "limited": "articles.try_later",
    "server": "articles.try_later",
    "type": "articles.give_the_article",
}
"""For each kind of failure, the key of what a person in Slack can do. The remedies in errors.py are
for whoever runs Claimdesk."""


def article_message(
    outcome: Outcome | None,
    found: Overview,
    *,
    offset: int = 0,
    others: int = 0,
    may_withdraw: bool = False,
) -> Message:
    """Show an article with its claims after the first `offset` and, if it has just been read, the
    `outcome`.

    `others` is how many more articles the address had; `may_withdraw` adds a button.
    """
    shown = found.claims[offset : offset + CLAIMS_SHOWN]
    label = _label(found)
    blocks = [parts.context(line(label, room=parts.ARTICLE_ROOM))]
    for hit in shown:
        buttons = parts.claim_buttons(hit.claim, is_cut=parts.is_cut(hit))
        blocks += [{"type": "divider"}, *parts.quoted_claim(hit), *_place(hit.claim), buttons]
    became = [_outcome_text(outcome)] if outcome else []
    facts = [*became, *_claims(found, offset, len(shown)), *_versions(found)]
    if others:
        facts.append(say("articles.more_at_address", n=others))
    if steps := [*_steps(found, offset)]:
        blocks.append(parts.buttons(*steps))
    summary = parts.note(" · ".join(facts))
    blocks.append(parts.context(summary))
    below = [correct_article_button(found.article.id)]
    if may_withdraw:
        below.append(parts.button(say("buttons.withdraw"), "withdraw", found.article.id))
    blocks.append(parts.buttons(*below))
    texts = [parts.claim_text(hit) for hit in shown]
    texts = texts or [parts.note(plain(label))]
    return Message("\n".join([*texts, summary]), blocks)


def stale_article_message(error: IngestError, found: Overview, *, may_withdraw: bool) -> Message:
    """Show an article as it was read before, since its page cannot be read now."""
    why = (
        ""
        if isinstance(error, FetchError) and error.kind in PRIVATE_NETWORK_KINDS
        else f" ({error.cause})"
    )
    said = say("articles.not_read_today", why=why)
    if found.received_at:
        day = short_date(found.received_at.date())
        said = say("articles.not_read_but_before", why=why, day=day)
    message = article_message(None, found, may_withdraw=may_withdraw)
    shown = parts.note(said)
    return Message(f"{shown}\n{message.text}", [parts.section(shown), *message.blocks])


def _place(claim: Claim) -> Iterator[Block]:
    """Yield the paragraph's number of a claim, and whether people corrected it."""
    facts = [say("articles.paragraph", number=str(claim.paragraph))] if claim.paragraph else []
    facts += [say("claims.corrected")] if claim.corrected else []
    if facts:
        yield parts.context(parts.note(" · ".join(facts)))


def _label(found: Overview) -> Runs:
    runs = wording.printed_line(found.article, found.other_outlets)
    return (*runs, Run(f" · {say('claims.corrected')}")) if found.article.corrected else runs


def _steps(found: Overview, offset: int) -> Iterator[Block]:
    """Yield the buttons to more claims of an article and to its sources."""
    article_id = found.article.id
    if offset:
        earlier = f"{article_id}:{max(0, offset - CLAIMS_SHOWN)}"
        yield parts.button(say("buttons.previous"), "article_previous", earlier)
    if offset + CLAIMS_SHOWN < len(found.claims):
        later = f"{article_id}:{offset + CLAIMS_SHOWN}"
        yield parts.button(say("buttons.next"), "article_next", later)
    if len(found.quoted_chains) > 1:
        yield parts.button(say("articles.sources"), "article_sources", article_id)


def choice_message(cards: Sequence[ArticleCard]) -> Message:
    """Ask which of several articles is meant."""
    asked = say("articles.which")
    blocks, texts = [parts.section(asked)], [asked]
    for card in cards:
        text = line(wording.article_line(card), room=parts.ARTICLE_ROOM)
        texts.append(parts.note(plain(wording.article_line(card))))
        shown = parts.button(say("articles.open"), "article_open", card.id)
        blocks.append(parts.section(text, accessory=shown))
    return Message("\n".join(texts), blocks)


def none_message(asked: str, articles: int) -> Message:
    """Say that no known article matches the words."""
    shown = shorten(asked, wording.MAX_QUERY)
    number = counted(articles, "article")
    return notice(say("articles.none_about", asked=shown, articles=number))


def sources_message(found: Overview) -> Message:
    """Show the sources of an article, through whom and how often each is quoted, as bars."""
    most = max((one.claims for one in found.quoted_chains), default=1)
    lines = [
        parts.note(_source(one, most), SOURCE_ROOM) for one in found.quoted_chains[:MOST_SOURCES]
    ]
    own = sum(hit.claim.kind == UNATTRIBUTED for hit in found.hits)
    facts = [say("articles.own_voice", n=own)] if own else []
    if more := len(found.quoted_chains) - MOST_SOURCES:
        facts += [say("articles.sources_more", n=more)] if more > 0 else []
    heading = parts.note(say("articles.sources_of"))
    label = line(_label(found), room=parts.ARTICLE_ROOM)
    shown = "\n".join(lines) or parts.note(say("articles.quotes", n=0))
    blocks = [parts.context(label), parts.section(f"{heading}\n{shown}")]
    summary = parts.note(" · ".join(facts))
    blocks += [parts.context(summary)] if facts else []
    return Message("\n".join(filter(None, [heading, shown, summary])), blocks)


def _source(one: QuotedChain, most: int) -> str:
    """Show a chain of sources, with how often it is quoted as a bar and a number."""
    speaker, *via = one.chain or (say("articles.source_unsure"),)
    if one.source_kind in ("described", "unnamed"):
        speaker = say("who.remarks", name=speaker, remarks=say("who.unnamed"))
    bar = BAR * max(1, round(LONGEST_BAR * one.claims / most))
    chain = ARROW.join([speaker, *via])
    return say("articles.source", bar=bar, n=one.claims, chain=chain)


def unfurl_blocks(found: Overview | None) -> dict[str, Any]:
    """Return the unfurl of a link: the article with its first claims, or that it is gone."""
    if found is None:
        return {"blocks": notice(say("unfurls.gone")).blocks}
    blocks = [parts.section(line(_label(found), room=parts.ARTICLE_ROOM))]
    for hit in found.claims[:CLAIMS_SHOWN]:
        blocks += parts.quoted_claim(hit)
    label = say("unfurls.all_claims", n=len(found.claims))
    blocks.append(parts.buttons(parts.button(label, "article_open", found.article.id)))
    return {"blocks": blocks}


def _outcome_text(outcome: Outcome) -> str:
    if outcome.status == "updated" and outcome.has_same_text:
        return say("articles.became_detailed")
    return say(f"articles.became_{outcome.status}")


def _claims(found: Overview, offset: int, shown: int) -> list[str]:
    """Return the numbers of claims and sources, and which claims are shown."""
    if not is_readable(found.article.language):
        return [say("articles.kept_as_text")]
    facts = [counted(len(found.hits), "claim")]
    if 0 < shown < len(found.hits):
        first, last = str(offset + 1), str(offset + shown)
        which = "several" if shown > 1 else "last"
        facts.append(say(f"answers.shown_{which}", first=first, last=last))
    if quoted := sum(bool(one.chain) for one in found.quoted_chains):
        facts.append(say("articles.quotes", n=quoted))
    return facts


def _versions(found: Overview) -> list[str]:
    """Return the number of versions and what the last one changed."""
    if found.versions < 2:
        return []
    kinds: tuple[MatchKind, ...] = ("changed", "gone", "new")
    numbers = [(found.change_counts[kind], kind) for kind in kinds if found.change_counts[kind]]
    if not numbers:
        return [say("articles.same_claims", n=found.versions)]
    (number, kind), *more = numbers
    changes = [say(f"articles.claims_{kind}", n=number)]
    changes += [say(f"articles.more_{kind}", n=number) for number, kind in more]
    return [say("articles.other_claims", n=found.versions, changes=", ".join(changes))]


def not_shown_message(address: str, outcome: Outcome) -> Message:
    """Say that an article is not shown, without its title or its publisher's note to editors."""
    key = "articles.kept_out_withdrawn"
    if outcome.status == "withheld":
        key = "articles.kept_out_withheld"
    return notice(say(key, address=address, id=outcome.id))


def withdrawn_message(found: Overview) -> Message:
    """Say in place of an article that it has just been withdrawn."""
    return notice(say("withdrawal.done", what=contents_phrase(found), id=found.article.id))


def contents_phrase(found: Overview) -> str:
    """Name what an article contains: its claims, or a text that was not read for claims."""
    if not found.hits or not is_readable(found.article.language):
        return say("articles.its_text")
    return say("articles.its_claims", n=len(found.hits))


def not_read_message(errors: Sequence[IngestError]) -> Message:
    """Say why an address gave no article, or no feed."""
    error, why = errors[0], _why_not(errors[0])
    if error.subject:
        return notice(say("articles.not_read_there", address=error.subject, why=why))
    return notice(say("articles.not_read", why=why))


def _why_not(error: IngestError) -> str:
    """Say what failed and what to do."""
    remedy = error.remedy
    if isinstance(error, FetchError):
        if error.kind in PRIVATE_NETWORK_KINDS:
            return say("articles.only_outside")
        key = REMEDIES.get(error.kind)
        remedy = say(key) if key else ""
    return f"{error.cause}. {remedy.removesuffix('.')}." if remedy else f"{error.cause}."
