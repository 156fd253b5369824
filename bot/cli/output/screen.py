"""Print answers and claims for people, in colour on a terminal and plain when piped, with the
same words as in Slack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

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
    person_of,
)
from bot.search import score_factors
from bot.wording import answers as wording
from bot.wording.details import details_line
from bot.wording.hits import after_line, before_line, shown_passage, who_line
from bot.wording.notes import notes
from bot.wording.runs import BIDI_CONTROLS, WEB_ADDRESS, Run
from bot.wording.same_sentence import group_hits_by_sentence, merge_hits
from bot.words import say

# A terminal obeys control characters, so each is replaced by its picture (U+2400 …), except line
# ends and tabs. Characters that change the direction of a line are dropped.
SAFE_CHARACTERS: dict[int, int | str] = {0x7F: 0x2421, **BIDI_CONTROLS}
SAFE_CHARACTERS |= {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
SAFE_CHARACTERS |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def make_visible(text: str) -> str:
    """Replace control characters with visible pictures, and drop those that change the direction
    of text."""
    return text.translate(SAFE_CHARACTERS)


def local_time(moment: datetime) -> str:
    """Return a moment in this machine's time zone, to the minute."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def print_text(console: Console, text: str, *, style: str = "") -> None:
    """Print a line that may contain untrusted text."""
    console.print(Text(make_visible(text), style=style))


def print_answer(console: Console, answer: Answer, *, explain: bool = False) -> None:
    """Print an answer: how the query was read, the articles about it and the rows of claims found
    or, if there are none, what was searched."""
    if interpretation := wording.query_line(answer):
        print_text(console, interpretation)
    _print_articles(console, answer)
    if answer.total and answer.replacements:
        print_text(console, f"{say('answers.offered')} {' | '.join(answer.replacements)}")
    sections = [
        (section.sentence, group_hits_by_sentence(section.hits)) for section in answer.sections
    ]
    number = 0
    rows = {row.hits[0].claim.id: row for row in answer.rows}
    all_rows = [[*row.shown_hits] for row in answer.rows] or [[hit] for hit in answer.hits]
    for sentence, rows_of_hits in sections or [("", all_rows)]:
        if sentence:
            print_text(console, wording.pasted_sentence_line(sentence), style="bold")
        for hits in rows_of_hits:
            number += 1
            _print_row(console, number, hits, rows.get(hits[0].claim.id), explain=explain)
    if answer.facets:
        _print_facets(console, answer.facets)
    if answer.total:
        print_text(console, wording.summary_line(answer), style="dim")
        if answer.was_reinterpreted:
            print_text(
                console, f"{wording.exact_search_label(answer)}: ={answer.query}", style="dim"
            )
        return
    print_text(console, wording.nothing_found(answer))
    if not answer.searched.articles:
        print_text(console, say("terminal.how_to_add"))
    if answer.alternatives:
        print_text(console, f"{say('answers.suggested')} {' | '.join(answer.alternatives)}")


def _print_articles(console: Console, answer: Answer) -> None:
    """Print the articles about the query."""
    if not (articles := wording.articles_above(answer)):
        return
    print_text(console, wording.about_line(answer))
    print_cards(console, articles)
    console.print()


def print_cards(console: Console, cards: Iterable[ArticleCard]) -> None:
    """Print articles, each with the command that shows it."""
    for card in cards:
        print_indented(console, render_runs(wording.headline_line(card), ""))
        print_indented(console, Text(f"claimdesk article {card.id}", "dim"))


def print_refusal(console: Console, query: str, error: QueryError) -> None:
    """Print why a query cannot be parsed, and point at the place."""
    print_text(console, str(error))
    start = max(0, error.position - 40)
    if excerpt := " ".join(query[start : start + 72].split("\n")):
        print_text(console, excerpt, style="dim")
        # Wide characters take two cells.
        console.print(
            " " * cell_len(make_visible(query[start : error.position])) + "^", highlight=False
        )


def _print_row(
    console: Console, number: int, hits: Sequence[Hit], row: Row | None, *, explain: bool
) -> None:
    hit = hits[0]
    print_claim(console, f"{number}. ", *hits)
    if details := details_line(hit.claim, hit.article):
        print_indented(console, Text(make_visible(details), "dim"))
    print_indented(console, render_runs(wording.article_line(hit.article, time=hit.time), "dim"))
    people = [person_of(viewer) for viewer in hit.article.brought_by]
    review_note = wording.review_note(hit.article, people)
    for note in (*([review_note] if review_note else []), *notes(hit, row)):
        print_indented(console, Text(make_visible(note), "dim"))
    if explain and (factors := score_factors(hit)):
        parts = " × ".join(f"{name} {factor:.2f}" for name, factor in factors.items())
        print_indented(console, Text(f"{hit.score:.2f} = {parts}", "dim"))
    if explain and hit.by_meaning:
        print_indented(console, Text(f"found by meaning: similarity {hit.score:.2f}", "dim"))
    console.print()


def _print_facets(console: Console, facets: Facets) -> None:
    for name, counts in facets.items():
        if counts:
            values = " · ".join(f"{count.value} {count.claims:,}" for count in counts)
            print_text(console, f"{name:<8}{values}", style="green")


def print_claim(console: Console, label: str, hit: Hit, *same_sentence: Hit) -> None:
    """Print who made a claim, after a label, and its passage.

    `same_sentence` are other claims from that passage.
    """
    if before := before_line(hit):
        print_indented(console, render_runs(before, "dim"))
    console.print(Text(label).append_text(render_runs(who_line(hit), "cyan")))
    for other in same_sentence:
        print_indented(console, render_runs(who_line(other), "cyan"))
    text, matches = shown_passage(merge_hits([hit, *same_sentence]))
    passage, position = Text(), 0
    for start, end in matches:
        passage.append(make_visible(text[position:start])).append(
            make_visible(text[start:end]), "bold"
        )
        position = end
    for line in passage.append(make_visible(text[position:])).split("\n"):
        if line.plain.strip():
            print_indented(console, line)
    if after := after_line(hit):
        print_indented(console, render_runs(after, "dim"))


def print_indented(console: Console, line: Text) -> None:
    """Print a line, indented below another."""
    console.print(Text("   ").append_text(line))


def render_runs(runs: Iterable[Run], style: str) -> Text:
    """Convert runs of text for the terminal, with bold and links."""
    line = Text(style=style)
    for run in runs:
        link = f" link {run.link}" if WEB_ADDRESS.fullmatch(run.link or "") else ""
        line.append(make_visible(run.text), ("bold" if run.strong else "not bold") + link)
    return line
