"""Print answers, extractions, digests and findings for a person: in colour on a terminal, plain
when piped. The words are those of Slack."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from bot.cli.doctor import Finding
from bot.model import Answer, Article, Claim, Digest, Extraction, Hit, Spans
from bot.newsroom import claims_of
from bot.slack import wording

MARKS = {"well": ("ok", "green"), "note": ("note", "yellow"), "ill": ("ill", "red")}


def print_answer(out: Console, answer: Answer) -> None:
    """Print the claims that were found, or what was searched in vain."""
    for number, hit in enumerate(answer.hits, start=1):
        _print_hit(out, number, hit)
    if answer.total:
        out.print(Text(wording.summary_line(answer), style="dim"))
        return
    out.print(Text(wording.nothing_found(answer)))
    if answer.suggestions:
        out.print(Text("These would find something: " + " | ".join(answer.suggestions)))


def _print_hit(out: Console, number: int, hit: Hit) -> None:
    _print_claim(out, f"{number}. ", hit.claim, hit.matched)
    _indented(out, _text(wording.article_line(hit.article, hit.claim.paragraph), "dim"))
    out.print()


def _print_claim(out: Console, label: str, claim: Claim, matched: Spans = ()) -> None:
    content = Text(claim.text)
    for start, end in matched:
        content.stylize("bold", start, end)
    out.print(Text(label).append_text(content))
    _indented(out, _text(wording.attribution_line(claim), "cyan"))


def _indented(out: Console, line: Text) -> None:
    out.print(Text("   ").append_text(line))


def _text(runs: Iterable[wording.Run], style: str) -> Text:
    line = Text(style=style)
    for run in runs:
        link = f" link {run.link}" if run.link else ""
        line.append(run.text, ("bold" if run.strong else "not bold") + link)
    return line


def print_extraction(out: Console, article: Article, extraction: Extraction) -> None:
    """Print what was found in one article, in reading order."""
    found = claims_of(article, extraction, ())
    out.print(Text(f"{article.id}: {wording.counted(len(found), 'claim')}", style="bold"))
    for number, claim in enumerate(found, start=1):
        _print_claim(out, f"{number}. ", claim)
    out.print()


def print_digest(out: Console, digest: Digest) -> None:
    """Print a digest as it would be posted."""
    out.print(Text(wording.digest_heading(digest), style="bold"))
    for note in wording.digest_notes(digest):
        out.print(Text(note, style="yellow"))
    shown = 0
    for section in digest.sections:
        out.print()
        out.print(_text(wording.article_line(section.article), "dim"))
        for claim in section.claims:
            _print_claim(out, "·  ", claim)
        shown += len(section.claims)
    if rest := wording.digest_rest(digest, shown):
        out.print()
        out.print(Text(rest))


def print_finding(out: Console, finding: Finding) -> None:
    """Print what the doctor found of one part."""
    mark, style = MARKS[finding.verdict]
    line = Text.assemble((f"{mark:<5}", style), (f"{finding.part:<9}", "bold"), finding.words)
    out.print(line)
