"""Print answers and claims for a person: in colour on a terminal, plain
when piped. The words are those of Slack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.errors import QueryError
from bot.model import (
    Answer,
    ArticleCard,
    Facets,
    Hit,
    Row,
)
from bot.search import score_factors
from bot.wording import answers as wording
from bot.wording.details import details_line
from bot.wording.hits import shown_passage, who_line
from bot.wording.holders import holders_lines
from bot.wording.notes import notes
from bot.wording.runs import BIDI_CONTROLS, WEB_ADDRESS, Run
from bot.wording.same_sentence import merge_hits, sentence_rows
from bot.words import say

# A terminal obeys control characters; their pictures (U+2400 …) it shows. Only line ends and tabs
# are left as they are, and what turns a line's direction is dropped.
PICTURES: dict[int, int | str] = {0x7F: 0x2421, **BIDI_CONTROLS}
PICTURES |= {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def visible(text: str) -> str:
    """Return a text whose control characters a terminal shows, not obeys, without those that turn
    its direction."""
    return text.translate(PICTURES)


def print_words(out: Console, words: str, *, style: str = "") -> None:
    """Print words of ours that may hold words of others."""
    out.print(Text(visible(words), style=style))


def print_answer(out: Console, answer: Answer, *, explain: bool = False) -> None:
    """Print which articles the query is about, and the claims that were found, those of one row
    together, or what was searched in vain."""
    _print_articles(out, answer)
    if read := wording.query_line(answer):
        print_words(out, read)
    if answer.total and answer.offers:
        print_words(out, f"{say('answers.offered')} {' | '.join(answer.offers)}")
    for line in holders_lines(answer):
        out.print(text_of(line, ""))
    parts = [(section.sentence, sentence_rows(section.hits)) for section in answer.sections]
    number = 0
    rows = {row.hits[0].claim.id: row for row in answer.rows}
    single = [
        list(rows[one.claim.id].shown) if one.claim.id in rows else [one] for one in answer.hits
    ]
    for sentence, shown in parts or [("", single)]:
        if sentence:
            print_words(out, wording.pasted_sentence_line(sentence), style="bold")
        for hits in shown:
            number += 1
            _print_row(out, number, hits, rows.get(hits[0].claim.id), explain=explain)
    if answer.facets:
        _print_facets(out, answer.facets)
    if answer.total:
        print_words(out, wording.summary_line(answer), style="dim")
        if answer.was_reinterpreted:
            print_words(out, f"{wording.exact_offer(answer)}: ={answer.query}", style="dim")
        return
    print_words(out, wording.nothing_found(answer))
    if not answer.searched.articles:
        print_words(out, say("terminal.how_to_add"))
    if answer.alternatives:
        print_words(out, f"{say('answers.suggested')} {' | '.join(answer.alternatives)}")


def _print_articles(out: Console, answer: Answer) -> None:
    """Print the articles that a query is about, each with the command that opens it."""
    if not answer.articles:
        return
    print_words(out, wording.about_line(answer))
    print_cards(out, answer.articles)
    out.print()


def print_cards(out: Console, cards: Iterable[ArticleCard]) -> None:
    """Print which articles some are, each with the command that opens it."""
    for card in cards:
        print_indented(out, text_of(wording.headline_line(card), ""))
        print_indented(out, Text(f"claimdesk article {card.id}", "dim"))


def print_refusal(out: Console, query: str, error: QueryError) -> None:
    """Say why a query can't be read, and point at the place in it."""
    print_words(out, str(error))
    start = max(0, error.position - 40)
    if around := " ".join(query[start : start + 72].split("\n")):
        print_words(out, around, style="dim")
        # As many cells as stand before the place: wide characters take two.
        out.print(" " * cell_len(visible(query[start : error.position])) + "^", highlight=False)


def _print_row(
    out: Console, number: int, hits: Sequence[Hit], row: Row | None, *, explain: bool
) -> None:
    hit = hits[0]
    print_claim(out, f"{number}. ", *hits)
    if known := details_line(hit.claim, hit.article):
        print_indented(out, Text(visible(known), "dim"))
    print_indented(out, text_of(wording.article_line(hit.article), "dim"))
    for note in notes(hit, row):
        print_indented(out, Text(visible(note), "dim"))
    if explain and (of := score_factors(hit)):
        parts = " × ".join(f"{name} {factor:.2f}" for name, factor in of.items())
        print_indented(out, Text(f"{hit.score:.2f} = {parts}", "dim"))
    if explain and hit.by_meaning:
        print_indented(out, Text(f"found by meaning: similarity {hit.score:.2f}", "dim"))
    out.print()


def _print_facets(out: Console, facets: Facets) -> None:
    for name, counts in facets.items():
        if counts:
            listed = " · ".join(f"{one.value} {one.claims:,}" for one in counts)
            print_words(out, f"{name:<8}{listed}", style="green")


def print_claim(out: Console, label: str, hit: Hit, *beside: Hit) -> None:
    """Print who says a claim behind a label, also who says those beside it, and below that the
    passage that they stand in."""
    out.print(Text(label).append_text(text_of(who_line(hit), "cyan")))
    for other in beside:
        print_indented(out, text_of(who_line(other), "cyan"))
    text, matched = shown_passage(merge_hits([hit, *beside]))
    printed, at = Text(), 0
    for start, end in matched:
        printed.append(visible(text[at:start])).append(visible(text[start:end]), "bold")
        at = end
    for one in printed.append(visible(text[at:])).split("\n"):
        if one.plain.strip():
            print_indented(out, one)


def print_indented(out: Console, line: Text) -> None:
    """Print a line that belongs below another."""
    out.print(Text("   ").append_text(line))


def text_of(runs: Iterable[Run], style: str) -> Text:
    """Set runs of text for the terminal, in bold and with links where they have them."""
    line = Text(style=style)
    for run in runs:
        link = f" link {run.link}" if WEB_ADDRESS.fullmatch(run.link or "") else ""
        line.append(visible(run.text), ("bold" if run.strong else "not bold") + link)
    return line
