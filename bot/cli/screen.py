"""Print answers, extractions, digests and findings for a person: in colour on a terminal, plain
when piped. The words are those of Slack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.cli.doctor import Finding
from bot.errors import QueryError
from bot.model import (
    Answer,
    Article,
    ArticleCard,
    Digest,
    DigestRow,
    Extraction,
    Facets,
    Hit,
    Row,
)
from bot.newsroom import claims_of
from bot.newsroom.articles.claim_spans import passage_in
from bot.search import factors
from bot.text.languages import is_known
from bot.wording import answers as wording
from bot.wording import digests as digest_wording
from bot.wording.details import details_line
from bot.wording.digest_head import head
from bot.wording.hits import passage_shown, who_line
from bot.wording.holders import holders_lines
from bot.wording.language_names import language_name
from bot.wording.notes import notes
from bot.wording.runs import TURNING, WEB_ADDRESS, Run
from bot.wording.together import in_rows, joined
from bot.words import say

# A terminal obeys control characters; their pictures (U+2400 …) it shows. Only line ends and tabs
# are left as they are, and what turns a line's direction is dropped.
PICTURES: dict[int, int | str] = {0x7F: 0x2421, **TURNING}
PICTURES |= {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)

MARKS = {"well": ("ok", "green"), "note": ("note", "yellow"), "problem": ("problem", "red")}


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
    if read := wording.reading_line(answer):
        print_words(out, read)
    if answer.total and answer.offers:
        print_words(out, f"{say('answers.offered')} {' | '.join(answer.offers)}")
    for line in holders_lines(answer):
        out.print(_text(line, ""))
    parts = [(section.sentence, in_rows(section.hits)) for section in answer.sections]
    number = 0
    rows = {row.hits[0].claim.id: row for row in answer.rows}
    single = [
        list(rows[one.claim.id].shown) if one.claim.id in rows else [one] for one in answer.hits
    ]
    for sentence, shown in parts or [("", single)]:
        if sentence:
            print_words(out, wording.your_sentence(sentence), style="bold")
        for hits in shown:
            number += 1
            _print_row(out, number, hits, rows.get(hits[0].claim.id), explain=explain)
    if answer.facets:
        _print_facets(out, answer.facets)
    if answer.total:
        print_words(out, wording.summary_line(answer), style="dim")
        if answer.was_reinterpreted:
            print_words(out, f"{wording.exactly(answer)}: ={answer.query}", style="dim")
        return
    print_words(out, wording.nothing_found(answer))
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
        _indented(out, _text(wording.headline_line(card), ""))
        _indented(out, Text(f"claimdesk article {card.id}", "dim"))


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
        _indented(out, Text(visible(known), "dim"))
    _indented(out, _text(wording.article_line(hit.article), "dim"))
    for note in notes(hit, row):
        _indented(out, Text(visible(note), "dim"))
    if explain and (of := factors(hit)):
        parts = " × ".join(f"{name} {factor:.2f}" for name, factor in of.items())
        _indented(out, Text(f"{hit.score:.2f} = {parts}", "dim"))
    if explain and hit.by_meaning:
        _indented(out, Text(f"found by meaning: similarity {hit.score:.2f}", "dim"))
    out.print()


def _print_facets(out: Console, facets: Facets) -> None:
    for name, counts in facets.items():
        if counts:
            listed = " · ".join(f"{one.value} {one.claims:,}" for one in counts)
            print_words(out, f"{name:<8}{listed}", style="green")


def print_claim(out: Console, label: str, hit: Hit, *beside: Hit) -> None:
    """Print who says a claim behind a label, also who says those beside it, and below that the
    passage that they stand in."""
    out.print(Text(label).append_text(_text(who_line(hit), "cyan")))
    for other in beside:
        _indented(out, _text(who_line(other), "cyan"))
    text, matched = passage_shown(joined([hit, *beside]))
    printed, at = Text(), 0
    for start, end in matched:
        printed.append(visible(text[at:start])).append(visible(text[start:end]), "bold")
        at = end
    for one in printed.append(visible(text[at:])).split("\n"):
        if one.plain.strip():
            _indented(out, one)


def _indented(out: Console, line: Text) -> None:
    out.print(Text("   ").append_text(line))


def _text(runs: Iterable[Run], style: str) -> Text:
    line = Text(style=style)
    for run in runs:
        link = f" link {run.link}" if WEB_ADDRESS.fullmatch(run.link or "") else ""
        line.append(visible(run.text), ("bold" if run.strong else "not bold") + link)
    return line


def print_extraction(
    out: Console, article: Article, extraction: Extraction, outlets: Iterable[str]
) -> None:
    """Print what was found in one article, in reading order; `outlets` are known names."""
    found, card = claims_of(article, extraction, outlets), ArticleCard.of(article)
    print_words(out, f"{article.id}: {wording.counted(len(found), 'claim')}", style="bold")
    if not is_known(article.language):
        language = language_name(article.language)
        print_words(out, say("who.unread", language=language), style="yellow")
    for number, claim in enumerate(found, start=1):
        passage = passage_in(article.text, extraction.paragraphs, claim)
        print_claim(out, f"{number}. ", Hit(claim=claim, article=card, score=0, passage=passage))
        if known := details_line(claim):
            _indented(out, Text(visible(known), "dim"))
    out.print()


def print_digest(out: Console, digest: Digest) -> None:
    """Print all that a digest holds, and which window of time it covers."""
    out.print(Text(digest_wording.heading(digest), style="bold"))
    for sentence in head(digest):
        out.print(_text(sentence, ""))
    for note in digest_wording.notes(digest):
        out.print(Text(note, style="yellow"))
    print_words(out, digest_wording.window(digest), style="dim")
    for section in digest.sections:
        out.print()
        print_words(out, digest_wording.title(section), style="bold")
        for row in section.rows:
            _print_digest_row(out, row, digest)
    if rest := digest_wording.rest(digest):
        out.print()
        out.print(Text(rest))


def _print_digest_row(out: Console, row: DigestRow, digest: Digest) -> None:
    if not row.current.hit:
        print_words(out, f"·  {wording.gone_line(row.current.gone, digest.language)}")
    for side in digest_wording.sides(row, digest):
        out.print(Text("·  ").append_text(_text(side.who, "cyan")))
        text, _ = passage_shown(side.hit)
        _indented(out, Text(visible(" ".join(text.split()))))
        _indented(out, _text(side.where, "dim"))
    if more := digest_wording.more_denials(row):
        _indented(out, Text(more, "dim"))


def print_finding(out: Console, finding: Finding) -> None:
    """Print what the doctor found of one part."""
    mark, style = MARKS[finding.verdict]
    words = visible(finding.words)
    out.print(Text.assemble((f"{mark:<8}", style), (f"{finding.part:<9}", "bold"), words))
