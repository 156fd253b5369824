"""Messages with an article and its claims, and with the outcome of reading it. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.articles.claim_matches import MatchKind
from bot.errors import FetchError, IngestError
from bot.model import UNATTRIBUTED, ArticleCard, Claim
from bot.newsroom.articles.article_intake import Outcome
from bot.newsroom.articles.overview import Overview, QuotedChain
from bot.slack import claim_parts, parts
from bot.slack.mrkdwn import render_line
from bot.slack.parts import Block, Message, notice
from bot.slack.surfaces.articles.failure_blocks import PRIVATE_NETWORK_KINDS
from bot.slack.surfaces.corrections.blocks import correct_article_button
from bot.text.languages import is_language_supported
from bot.text.unnamed import is_unnamed
from bot.wording import answers as wording
from bot.wording.answers import with_noun
from bot.wording.hits import without_guess
from bot.wording.runs import Run, Runs, plain_text, shorten
from bot.words import say
from bot.words.dates import short_date

CLAIMS_PER_PAGE = 3
MAX_SOURCES, MAX_ESCAPED_SOURCE = 12, 200
"""The number of lines in the list of sources, and of escaped characters in each line."""
BAR, MAX_BAR_LENGTH = "█", 10
ARROW = " → "


def article_message(
    outcome: Outcome | None,
    overview: Overview,
    *,
    offset: int = 0,
    more_articles: int = 0,
    may_withdraw: bool = False,
) -> Message:
    """Show the page of an article's claims that begins after the first `offset` claims.

    `outcome` is the outcome of reading the article, if it has just been read. `more_articles` is
    the number of other articles at its address. `may_withdraw` adds a button.
    """
    article_id = overview.article.id
    hits = overview.claims[offset : offset + CLAIMS_PER_PAGE]
    article_line = _article_line(overview)
    blocks = [parts.context("\n".join([_render(article_line), *_review_lines(overview.article)]))]
    is_unreviewed = overview.article.is_unreviewed
    for hit in hits:
        menu = claim_parts.claim_menu(hit, is_cut=claim_parts.is_passage_cut(hit))
        blocks += [
            {"type": "divider"},
            *claim_parts.quoted_claim(hit, accessory=menu),
            *_claim_facts(hit.claim),
        ]
    if page_buttons := [*_page_buttons(overview, offset)]:
        blocks.append(parts.actions(*page_buttons))
    facts = [
        *([_outcome_text(outcome)] if outcome else []),
        *_claim_counts(overview, offset, len(hits)),
        *_version_facts(overview),
        *([say("articles.more_at_address", n=more_articles)] if more_articles else []),
    ]
    summary = parts.escape_note(" · ".join(facts))
    blocks.append(parts.context(summary))
    if unread := claim_parts.unread_note(overview.article):
        summary = f"{summary}\n{unread}"
        blocks.append(parts.context(unread))
    if not is_unreviewed:
        article_buttons = [correct_article_button(article_id)]
        if may_withdraw:
            article_buttons.append(parts.button(say("buttons.withdraw"), "withdraw", article_id))
        blocks.append(parts.actions(*article_buttons))
    texts = [claim_parts.claim_text(hit) for hit in hits] or [
        parts.escape_note(plain_text(article_line))
    ]
    return Message("\n".join([*texts, summary]), blocks)


def stale_article_message(error: IngestError, overview: Overview, *, may_withdraw: bool) -> Message:
    """Show an article as it was when last read, since its page cannot be read now."""
    is_private = isinstance(error, FetchError) and error.kind in PRIVATE_NETWORK_KINDS
    cause = "" if is_private else f" ({error.cause})"
    if overview.received_at:
        day = short_date(overview.received_at.date())
        reason = say("articles.not_read_but_before", why=cause, day=day)
    else:
        reason = say("articles.not_read_today", why=cause)
    note = parts.escape_note(reason)
    message = article_message(None, overview, may_withdraw=may_withdraw)
    return Message(f"{note}\n{message.text}", [parts.section(note), *message.blocks])


def _review_lines(article: ArticleCard) -> Iterator[str]:
    """Yield why an article has to be reviewed, and who sees it until then."""
    if note := wording.review_note(article, []):
        yield note
    if article.is_unreviewed:
        yield say("review.only_you")


def _claim_facts(claim: Claim) -> Iterator[Block]:
    """Yield a line with the number of a claim's paragraph and whether it was corrected."""
    facts = [say("articles.paragraph", number=str(claim.paragraph))] if claim.paragraph else []
    facts += [say("claims.corrected")] if claim.corrected else []
    if facts:
        yield parts.context(parts.escape_note(" · ".join(facts)))


def _article_line(overview: Overview) -> Runs:
    runs = wording.article_line_with_outlets(overview.article, overview.other_outlets)
    if overview.article.corrected:
        return (*runs, Run(f" · {say('claims.corrected')}"))
    return runs


def _render(article_line: Runs) -> str:
    return render_line(article_line, max_length=claim_parts.MAX_ARTICLE_LINE_LENGTH)


def _page_buttons(overview: Overview, offset: int) -> Iterator[Block]:
    """Yield the buttons that lead to more claims of an article and to its sources."""
    article_id = overview.article.id
    yield from parts.paging_buttons(
        "article_",
        lambda start: f"{article_id}:{start}",
        offset,
        CLAIMS_PER_PAGE,
        len(overview.claims),
    )
    if len(overview.quoted_chains) > 1:
        yield parts.button(say("articles.sources"), "article_sources", article_id)


def choice_message(articles: Sequence[ArticleCard]) -> Message:
    """Ask which of several articles is meant."""
    question = say("articles.which")
    blocks, texts = [parts.section(question)], [question]
    for article in articles:
        texts.append(parts.escape_note(plain_text(wording.article_line(article))))
        open_button = parts.button(say("articles.open"), "article_open", article.id)
        article_line = claim_parts.render_article_line(article)
        blocks.append(parts.section(article_line, accessory=open_button))
    return Message("\n".join(texts), blocks)


def no_article_message(words: str, articles: int) -> Message:
    """Say that no article matches the words, or that there are none; `articles` is how many there
    are."""
    if not articles:
        return notice(f"{say('answers.no_articles')} {say('answers.add_articles')}")
    query, number = shorten(words, wording.MAX_QUERY_LENGTH), with_noun(articles, "article")
    return notice(say("articles.none_about", asked=query, articles=number))


def sources_message(overview: Overview) -> Message:
    """Show the sources of an article as bars: how often each is quoted, and through whom."""
    max_claims = max((quoted_chain.claims for quoted_chain in overview.quoted_chains), default=1)
    lines = [
        parts.escape_note(_source_line(quoted_chain, max_claims), MAX_ESCAPED_SOURCE)
        for quoted_chain in overview.quoted_chains[:MAX_SOURCES]
    ]
    sources = "\n".join(lines) or parts.escape_note(say("articles.quotes", n=0))
    facts = []
    if unattributed_count := sum(hit.claim.kind == UNATTRIBUTED for hit in overview.hits):
        facts.append(say("articles.own_voice", n=unattributed_count))
    if (hidden_count := len(overview.quoted_chains) - MAX_SOURCES) > 0:
        facts.append(say("articles.sources_more", n=hidden_count))
    heading = parts.escape_note(say("articles.sources_of"))
    blocks = [
        parts.context(_render(_article_line(overview))),
        parts.section(f"{heading}\n{sources}"),
    ]
    summary = parts.escape_note(" · ".join(facts))
    blocks += [parts.context(summary)] if facts else []
    return Message("\n".join(filter(None, [heading, sources, summary])), blocks)


def _source_line(quoted_chain: QuotedChain, max_claims: int) -> str:
    """Show a chain of sources, with how often it is quoted as a bar and a number."""
    speaker, *via = quoted_chain.chain or (say("articles.source_unsure"),)
    if quoted_chain.chain and is_unnamed(quoted_chain.source_kind, speaker):
        speaker = say("who.remarks", name=speaker, remarks=say("who.unnamed"))
    bar = BAR * max(1, round(MAX_BAR_LENGTH * quoted_chain.claims / max_claims))
    chain = ARROW.join([speaker, *via])
    return say("articles.source", bar=bar, n=quoted_chain.claims, chain=chain)


def unfurl_blocks(overview: Overview | None) -> dict[str, Any]:
    """Return the unfurl of a link: the article with its first claims, or that it is gone."""
    if overview is None:
        return {"blocks": notice(say("unfurls.gone")).blocks}
    blocks = [parts.section(_render(_article_line(overview)))]
    for hit in overview.claims[:CLAIMS_PER_PAGE]:
        blocks += claim_parts.quoted_claim(without_guess(hit))
    label = say("unfurls.all_claims", n=len(overview.claims))
    blocks.append(parts.actions(parts.button(label, "article_open", overview.article.id)))
    return {"blocks": blocks}


def _outcome_text(outcome: Outcome) -> str:
    if outcome.status == "updated" and outcome.has_same_text:
        return say("articles.became_detailed")
    if outcome.is_left_unchanged:
        return say("review.left_unchanged")
    return say(f"articles.became_{outcome.status}")


def _claim_counts(overview: Overview, offset: int, shown_count: int) -> list[str]:
    """Return the numbers of claims and sources, and which claims are shown."""
    if not is_language_supported(overview.article.language):
        return [say("articles.kept_as_text")]
    total = len(overview.hits)
    counts = [with_noun(total, "claim")]
    if 0 < shown_count < total:
        key = "answers.shown_several" if shown_count > 1 else "answers.shown_last"
        counts.append(say(key, first=str(offset + 1), last=str(offset + shown_count)))
    if sources := sum(bool(quoted_chain.chain) for quoted_chain in overview.quoted_chains):
        counts.append(say("articles.quotes", n=sources))
    return counts


def _version_facts(overview: Overview) -> list[str]:
    """Return the number of versions and what the last one changed."""
    if overview.versions < 2:
        return []
    kinds: tuple[MatchKind, ...] = ("changed", "gone", "new")
    changes = [
        (kind, overview.change_counts[kind]) for kind in kinds if overview.change_counts[kind]
    ]
    if not changes:
        return [say("articles.same_claims", n=overview.versions)]
    # The first change is worded with its noun: "2 claims changed, 1 new".
    texts = [
        say(f"articles.{'more' if number else 'claims'}_{kind}", n=claims)
        for number, (kind, claims) in enumerate(changes)
    ]
    return [say("articles.other_claims", n=overview.versions, changes=", ".join(texts))]


def not_shown_message(address: str, outcome: Outcome) -> Message:
    """Say that an article is not shown, without its title or its publisher's note to editors."""
    key = "withheld" if outcome.status == "withheld" else "withdrawn"
    return notice(say(f"articles.kept_out_{key}", address=address, id=outcome.id))


def withdrawn_message(overview: Overview) -> Message:
    """Say, in place of an article, that it has just been withdrawn."""
    contents = contents_phrase(overview)
    return notice(say("withdrawal.done", what=contents, id=overview.article.id))


def contents_phrase(overview: Overview) -> str:
    """Name what an article contains: its claims, or a text that was not searched for claims."""
    if not overview.hits or not is_language_supported(overview.article.language):
        return say("articles.its_text")
    return say("articles.its_claims", n=len(overview.hits))
