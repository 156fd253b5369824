"""What the bot shows of articles that somebody asks for, and of what became of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.articles.claim_matches import MatchKind
from bot.errors import FetchError, FetchKind, IngestError
from bot.model import UNATTRIBUTED, ArticleCard, Claim
from bot.newsroom import Outcome, Overview
from bot.newsroom.articles.overview import Quoted
from bot.slack import parts
from bot.slack.mrkdwn import line
from bot.slack.parts import Block, Message, told
from bot.slack.surfaces.corrections.blocks import correct_article_button
from bot.text.languages import is_readable
from bot.wording import answers as wording
from bot.wording.answers import counted
from bot.wording.runs import Run, Runs, plain, shorten
from bot.words import say
from bot.words.dates import short_date

CLAIMS_SHOWN = 3
MOST_SOURCES, SOURCE_ROOM = 12, 200
"""Lines of the map of sources, and the characters that each may take when set."""
BAR, LONGEST_BAR, ARROW = "█", 10, " → "

NOT_OUTSIDE = ("dns", "refused")
"""Kinds of failures that would tell, of a name, whether our own network knows it."""
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
"""What a person in Slack can do about each, as keys of texts. What errors.py says is for whoever
runs Claimdesk."""


def article_message(
    outcome: Outcome | None,
    found: Overview,
    *,
    offset: int = 0,
    others: int = 0,
    may_withdraw: bool = False,
) -> Message:
    """Say which article it is and what became of it, if it has just been read, with its claims
    after the first `offset`. `others` is how many more articles came with it; whoever
    `may_withdraw` it finds a button for that."""
    shown = found.claims[offset : offset + CLAIMS_SHOWN]
    label = _label(found)
    blocks = [parts.context(line(label, room=parts.ARTICLE_ROOM))]
    for hit in shown:
        buttons = parts.claim_buttons(hit.claim, is_cut=parts.is_cut(hit))
        blocks += [{"type": "divider"}, *parts.said_blocks(hit), *_place(hit.claim), buttons]
    became = [_became(outcome)] if outcome else []
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


def as_read_before(error: IngestError, found: Overview, *, may_withdraw: bool) -> Message:
    """Show an article as it was read before, where its page can't be read now, and say so."""
    why = "" if isinstance(error, FetchError) and error.kind in NOT_OUTSIDE else f" ({error.cause})"
    said = say("articles.not_read_today", why=why)
    if found.received_at:
        day = short_date(found.received_at.date())
        said = say("articles.not_read_but_before", why=why, day=day)
    message = article_message(None, found, may_withdraw=may_withdraw)
    shown = parts.note(said)
    return Message(f"{shown}\n{message.text}", [parts.section(shown), *message.blocks])


def _place(claim: Claim) -> Iterator[Block]:
    """In which paragraph a claim stands, and whether people have mended what was found."""
    facts = [say("articles.paragraph", number=str(claim.paragraph))] if claim.paragraph else []
    facts += [say("claims.corrected")] if claim.corrected else []
    if facts:
        yield parts.context(parts.note(" · ".join(facts)))


def _label(found: Overview) -> Runs:
    runs = wording.printed_line(found.article, found.also_in)
    return (*runs, Run(f" · {say('claims.corrected')}")) if found.article.corrected else runs


def _steps(found: Overview, offset: int) -> Iterator[Block]:
    """What else can be seen of an article: more of its claims, and whom it quotes."""
    article_id = found.article.id
    if offset:
        earlier = f"{article_id}:{max(0, offset - CLAIMS_SHOWN)}"
        yield parts.button(say("buttons.previous"), "article_previous", earlier)
    if offset + CLAIMS_SHOWN < len(found.claims):
        later = f"{article_id}:{offset + CLAIMS_SHOWN}"
        yield parts.button(say("buttons.next"), "article_next", later)
    if len(found.quoted) > 1:
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
    """Say that no article is known that somebody asks for in words."""
    shown = shorten(asked, wording.MAX_QUERY)
    number = counted(articles, "article")
    return told(say("articles.none_about", asked=shown, articles=number))


def sources_message(found: Overview) -> Message:
    """Show whom an article quotes, through whom and how often, each with a bar."""
    most = max((one.claims for one in found.quoted), default=1)
    lines = [parts.note(_source(one, most), SOURCE_ROOM) for one in found.quoted[:MOST_SOURCES]]
    own = sum(hit.claim.kind == UNATTRIBUTED for hit in found.hits)
    facts = [say("articles.own_voice", n=own)] if own else []
    if more := len(found.quoted) - MOST_SOURCES:
        facts += [say("articles.sources_more", n=more)] if more > 0 else []
    heading = parts.note(say("articles.sources_of"))
    label = line(_label(found), room=parts.ARTICLE_ROOM)
    shown = "\n".join(lines) or parts.note(say("articles.quotes", n=0))
    blocks = [parts.context(label), parts.section(f"{heading}\n{shown}")]
    summary = parts.note(" · ".join(facts))
    blocks += [parts.context(summary)] if facts else []
    return Message("\n".join(filter(None, [heading, shown, summary])), blocks)


def _source(one: Quoted, most: int) -> str:
    """Who told whom, and how often as a bar and in figures."""
    speaker, *via = one.chain or (say("articles.source_unsure"),)
    if one.source_kind in ("described", "unnamed"):
        speaker = say("who.remarks", name=speaker, remarks=say("who.unnamed"))
    bar = BAR * max(1, round(LONGEST_BAR * one.claims / most))
    chain = ARROW.join([speaker, *via])
    return say("articles.source", bar=bar, n=one.claims, chain=chain)


def unfurled(found: Overview | None) -> dict[str, Any]:
    """What stands below a link to an article: which one it is, with its first claims; or, where it
    is there no more, that."""
    if found is None:
        return {"blocks": told(say("unfurls.gone")).blocks}
    blocks = [parts.section(line(_label(found), room=parts.ARTICLE_ROOM))]
    for hit in found.claims[:CLAIMS_SHOWN]:
        blocks += parts.said_blocks(hit)
    label = say("unfurls.all_claims", n=len(found.claims))
    blocks.append(parts.buttons(parts.button(label, "article_open", found.article.id)))
    return {"blocks": blocks}


def _became(outcome: Outcome) -> str:
    if outcome.status == "updated" and outcome.keeps_text:
        return say("articles.became_detailed")
    return say(f"articles.became_{outcome.status}")


def _claims(found: Overview, offset: int, shown: int) -> list[str]:
    """How many claims there are, which of them are shown, and how many sources they have."""
    if not is_readable(found.article.language):
        return [say("articles.kept_as_text")]
    facts = [counted(len(found.hits), "claim")]
    if 0 < shown < len(found.hits):
        first, last = str(offset + 1), str(offset + shown)
        which = "several" if shown > 1 else "last"
        facts.append(say(f"answers.shown_{which}", first=first, last=last))
    if quoted := sum(bool(one.chain) for one in found.quoted):
        facts.append(say("articles.quotes", n=quoted))
    return facts


def _versions(found: Overview) -> list[str]:
    """How many versions there are, and what the last of them changed."""
    if found.versions < 2:
        return []
    kinds: tuple[MatchKind, ...] = ("changed", "gone", "new")
    numbers = [(found.changes[kind], kind) for kind in kinds if found.changes[kind]]
    if not numbers:
        return [say("articles.same_claims", n=found.versions)]
    (number, kind), *more = numbers
    changes = [say(f"articles.claims_{kind}", n=number)]
    changes += [say(f"articles.more_{kind}", n=number) for number, kind in more]
    return [say("articles.other_claims", n=found.versions, changes=", ".join(changes))]


def kept_out_message(address: str, outcome: Outcome) -> Message:
    """Say that an article is not shown. Whoever asks learns nothing that it says: neither its
    title, nor what its publisher tells editors of it."""
    key = "articles.kept_out_withdrawn"
    if outcome.status == "withheld":
        key = "articles.kept_out_withheld"
    return told(say(key, address=address, id=outcome.id))


def withdrawn_message(found: Overview) -> Message:
    """Say, in the place of an article, that it has just been withdrawn."""
    return told(say("withdrawal.done", what=what_it_holds(found), id=found.article.id))


def what_it_holds(found: Overview) -> str:
    """Its claims, or the text in which nobody has looked for any."""
    if not found.hits or not is_readable(found.article.language):
        return say("articles.its_text")
    return say("articles.its_claims", n=len(found.hits))


def not_read(errors: Sequence[IngestError]) -> Message:
    """Say why an address gave no article, or no feed."""
    error, why = errors[0], _why_not(errors[0])
    if error.subject:
        return told(say("articles.not_read_there", address=error.subject, why=why))
    return told(say("articles.not_read", why=why))


def _why_not(error: IngestError) -> str:
    """What failed, and what to do."""
    remedy = error.remedy
    if isinstance(error, FetchError):
        if error.kind in NOT_OUTSIDE:
            return say("articles.only_outside")
        key = REMEDIES.get(error.kind)
        remedy = say(key) if key else ""
    return f"{error.cause}. {remedy.removesuffix('.')}." if remedy else f"{error.cause}."
