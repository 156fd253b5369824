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
from bot.slack.blocks import digest_that_fits
from bot.slack.mrkdwn import WEB_ADDRESS

# A terminal obeys control characters; their pictures (U+2400 …) it shows. One for one, so that
# spans stay right; only line ends and tabs are left as they are.
PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)

MARKS = {"well": ("ok", "green"), "note": ("note", "yellow"), "ill": ("ill", "red")}


def visible(text: str) -> str:
    """Return a text of the same length whose control characters a terminal shows, not obeys."""
    return text.translate(PICTURES)


def print_words(out: Console, words: str, *, style: str = "") -> None:
    """Print words of ours that may hold words of others."""
    out.print(Text(visible(words), style=style))


def print_answer(out: Console, answer: Answer) -> None:
    """Print the claims that were found, or what was searched in vain."""
    for number, hit in enumerate(answer.hits, start=1):
        _print_hit(out, number, hit)
    if answer.total:
        print_words(out, wording.summary_line(answer), style="dim")
        return
    print_words(out, wording.nothing_found(answer))
    if answer.suggestions:
        print_words(out, f"{wording.SUGGESTED} {' | '.join(answer.suggestions)}")


def _print_hit(out: Console, number: int, hit: Hit) -> None:
    _print_claim(out, f"{number}. ", hit.claim, hit.matched)
    _indented(out, _text(wording.article_line(hit.article, hit.claim.paragraph), "dim"))
    out.print()


def _print_claim(out: Console, label: str, claim: Claim, matched: Spans = ()) -> None:
    content = Text(visible(claim.text))
    for start, end in matched:
        content.stylize("bold", start, end)
    out.print(Text(label).append_text(content))
    _indented(out, _text(wording.attribution_line(claim), "cyan"))


def _indented(out: Console, line: Text) -> None:
    out.print(Text("   ").append_text(line))


def _text(runs: Iterable[wording.Run], style: str) -> Text:
    line = Text(style=style)
    for run in runs:
        link = f" link {run.link}" if WEB_ADDRESS.fullmatch(run.link or "") else ""
        line.append(visible(run.text), ("bold" if run.strong else "not bold") + link)
    return line


def print_extraction(
    out: Console, article: Article, extraction: Extraction, outlets: Iterable[str]
) -> None:
    """Print what was found in one article, in reading order; `outlets` are known names."""
    found = claims_of(article, extraction, outlets)
    print_words(out, f"{article.id}: {wording.counted(len(found), 'claim')}", style="bold")
    for number, claim in enumerate(found, start=1):
        _print_claim(out, f"{number}. ", claim)
    out.print()


def print_digest(out: Console, digest: Digest) -> None:
    """Print a digest as it would be posted, and which window of time it covers."""
    digest = digest_that_fits(digest)
    out.print(Text(wording.digest_heading(digest), style="bold"))
    for note in wording.digest_notes(digest):
        out.print(Text(note, style="yellow"))
    print_words(out, wording.digest_window(digest), style="dim")
    for section in digest.sections:
        out.print()
        out.print(_text(wording.article_line(section.article), "dim"))
        for claim in section.claims:
            _print_claim(out, "·  ", claim)
    if rest := wording.digest_rest(digest):
        out.print()
        out.print(Text(rest))


def print_finding(out: Console, finding: Finding) -> None:
    """Print what the doctor found of one part."""
    mark, style = MARKS[finding.verdict]
    words = visible(finding.words)
    out.print(Text.assemble((f"{mark:<5}", style), (f"{finding.part:<9}", "bold"), words))
