"""Build the parts of messages and modals that show a claim, as Block Kit. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.model import ArticleCard, Hit, Spans, person_of
from bot.slack.mrkdwn import escape, quotation, render_line
from bot.slack.parts import (
    Block,
    button,
    context,
    escape_note,
    option,
    quotation_block,
    quotation_blocks,
    section,
)
from bot.wording import answers as wording
from bot.wording.hits import after_line, before_line, card_line, shown_passage, who_line
from bot.wording.passage import MAX_LENGTH
from bot.wording.runs import Run, Runs, plain_text, shorten
from bot.wording.same_sentence import merge_hits
from bot.words import say

MAX_WHO_LINE_LENGTH, MAX_ARTICLE_LINE_LENGTH, MAX_SMALL_LINE_LENGTH = 400, 600, 800
MAX_ESCAPED_NOTES_LENGTH = 400
"""Characters of the notes about a claim, including escapes."""
MAX_SAME_SENTENCE_HITS = 3
"""The most claims to show with another claim from the same sentence."""
MAX_BRINGERS = 5
"""The most people to name who brought an article."""
MIN_PASSAGE_LENGTH = 20
"""A passage is never cut to fewer characters than this."""


def render_who_line(hit: Hit) -> str:
    """Render who makes a claim, how firmly, and through whom."""
    return render_line(who_line(hit), max_length=MAX_WHO_LINE_LENGTH)


def render_card_line(hit: Hit, printed: str = "") -> str:
    """Render who makes a claim as far as the text below does not say it, and what kind it is."""
    who, tags = card_line(hit, printed)
    line = [render_line(who, max_length=MAX_WHO_LINE_LENGTH)] if who else []
    return " · ".join([*line, *(f"`{tag}`" for tag in tags)])


def unread_note(article: ArticleCard) -> str | None:
    """Say how far an article was searched for claims; None if to its end."""
    line = wording.unread_line(article.read_to, article.characters or 0)
    return escape_note(line) if line else None


def render_article_line(article: ArticleCard) -> str:
    """Render an article's outlet, date and title."""
    return render_line(wording.article_line(article), max_length=MAX_ARTICLE_LINE_LENGTH)


def render_review_note(article: ArticleCard) -> str | None:
    """Render why an article has to be reviewed and who brought it, for those who decide; None if it
    need not be reviewed."""
    people = [f"<@{person_of(viewer)}>" for viewer in article.brought_by[:MAX_BRINGERS]]
    return wording.review_note(article, people)


def article_context(
    hit: Hit,
    other_reports: str | None = None,
    *,
    details: str = "",
) -> Block:
    """The line about a claim's article, where else it is reported, and whether it was corrected.

    `details` go on a line above it.
    """
    is_corrected = hit.claim.corrected or hit.article.corrected
    facts = [other_reports, say("claims.corrected") if is_corrected else None]
    runs = (
        *wording.article_line(hit.article, time=hit.time),
        *(Run(f" · {fact}") for fact in facts if fact),
    )
    lines = [escape_note(details)] if details else []
    lines.append(render_line(runs, max_length=MAX_ARTICLE_LINE_LENGTH))
    # Not who brought it: two people may, and neither is told about the other.
    if review_note := wording.review_note(hit.article, []):
        lines.append(review_note)
    return context("\n".join(lines))


def claim_blocks(hit: Hit, other_reports: str | None = None) -> list[Block]:
    """A claim: who makes it, its passage, its article and where else it is reported."""
    return [*quoted_claim(hit), article_context(hit, other_reports)]


def quoted_claim(
    hit: Hit,
    same_sentence_hits: Sequence[Hit] = (),
    *,
    max_length: int = MAX_LENGTH,
    accessory: Block | None = None,
) -> list[Block]:
    """Who makes a claim, above its passage; above it what another says before, below it after whom
    the article goes on. Each of `same_sentence_hits` gets a line and a menu; `accessory` stands
    beside the claim."""
    passage = fitting_passage(merge_hits([hit, *same_sentence_hits]), max_length)
    # Several claims out of one sentence are told apart by what the lines above it say.
    who = render_card_line(hit, "" if same_sentence_hits else passage[0])
    options: dict[str, Any] = {"accessory": accessory} if accessory else {}
    lines = [
        section(who, **options),
        *map(_same_sentence_line, same_sentence_hits[:MAX_SAME_SENTENCE_HITS]),
        quotation_block(*passage),
    ]
    return [
        *small_lines(before_line(hit, max_length)),
        *(lines if same_sentence_hits else quotation_blocks(who, *passage, **options)),
        *small_lines(after_line(hit)),
    ]


def small_lines(line: Runs) -> list[Block]:
    """A line in small print, if it is not empty."""
    return [context(render_line(line, max_length=MAX_SMALL_LINE_LENGTH))] if line else []


def fitting_passage(hit: Hit, max_length: int) -> tuple[str, Spans]:
    """Return a claim's passage and its matching spans, cut to `max_length` characters.

    It is cut further until its escaped form, in which "&" becomes "&amp;", has at most twice as
    many characters.
    """
    text, matches = shown_passage(hit, max_length)
    while (
        len(quotation(text, matches)) > 2 * max(max_length, len(text))
        and max_length > MIN_PASSAGE_LENGTH
    ):
        max_length = max_length * 2 // 3
        text, matches = shown_passage(hit, max_length)
    return text, matches


def claim_text(hit: Hit, same_sentence_hits: Sequence[Hit] = ()) -> str:
    """A claim as one line of text, for notifications and screen readers."""
    text, _ = shown_passage(merge_hits([hit, *same_sentence_hits]), MAX_LENGTH)
    hits = (hit, *same_sentence_hits[:MAX_SAME_SENTENCE_HITS])
    speakers = "; ".join(plain_text(who_line(shown_hit)) for shown_hit in hits)
    after, article = after_line(hit), wording.article_line(hit.article, time=hit.time)
    where = " · ".join(map(plain_text, filter(None, (after, article))))
    before = f"{plain_text(before_line(hit))} " if before_line(hit) else ""
    printed = " ".join(f"{before}{shorten(speakers, 200)}: {text}".split())
    return escape(f"{printed} – {shorten(where, 200)}")


def hit_blocks(
    hit: Hit,
    notes: Sequence[str] = (),
    *,
    max_length: int = MAX_LENGTH,
    other_reports: str | None = None,
    may_share: bool = True,
    same_sentence_hits: Sequence[Hit] = (),
) -> list[Block]:
    """A claim with its menu, where else it is reported, and `notes` about it.

    Each of `same_sentence_hits` gets a line and a menu.
    """
    if hidden_hits := same_sentence_hits[MAX_SAME_SENTENCE_HITS:]:
        notes = [*notes, say("answers.more_in_sentence", n=len(hidden_hits))]
    merged_hit = merge_hits([hit, *same_sentence_hits])
    menu = claim_menu(
        hit,
        is_cut=is_passage_cut(merged_hit, max_length),
        other_reports=other_reports,
        may_share=may_share,
    )
    return [
        *quoted_claim(hit, same_sentence_hits, max_length=max_length, accessory=menu),
        article_context(hit, other_reports),
        *([context(escape_note("\n".join(notes), MAX_ESCAPED_NOTES_LENGTH))] if notes else []),
    ]


def _same_sentence_line(hit: Hit) -> Block:
    """The line for a claim from the sentence of another claim: who makes it, and its menu."""
    return section(render_card_line(hit), accessory=claim_menu(hit))


def is_passage_cut(hit: Hit, max_length: int = MAX_LENGTH) -> bool:
    """Tell whether a claim's passage is too long to be shown whole."""
    return len(hit.passage.text if hit.passage else hit.claim.text) > max_length


def other_reports_button(other_reports: str, claim_id: str) -> Block:
    """The button that opens the other reports of a claim, labelled with the note about them."""
    return button(capitalise_first(other_reports), "elsewhere", claim_id)


def capitalise_first(text: str) -> str:
    """Begin a text with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def claim_menu(
    hit: Hit,
    *,
    is_cut: bool = False,
    other_reports: str | None = None,
    may_share: bool = True,
) -> Block:
    """The menu beside a claim; the value of an option is "choice:claim id".

    The first choice shows the context, or the whole passage if it `is_cut`. A claim that others can
    see already is not shared (`may_share` is False). A claim that nobody has reviewed has only a
    button for the first, since the others lead to what other people see.
    """
    claim_id, context_label = hit.claim.id, say("buttons.more" if is_cut else "buttons.context")
    if hit.article.is_unreviewed:
        return button(context_label, "context", claim_id)
    labels = {
        "context": context_label,
        **({"share": say("buttons.share")} if may_share else {}),
        "cite": say("buttons.cite"),
        **({"elsewhere": capitalise_first(other_reports)} if other_reports else {}),
        "other": say("buttons.claim_other"),
    }
    options = [option(label, f"{choice}:{claim_id}") for choice, label in labels.items()]
    return {"type": "overflow", "action_id": "claim_menu", "options": options}
