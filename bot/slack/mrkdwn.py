"""Set text in Slack's mrkdwn so that nothing in it becomes markup, a mention, a link or an emoji.

Slack decodes &amp; &lt; &gt; and has no escape for the rest
(docs.slack.dev/messaging/formatting-message-text). A markup character opens or closes only at the
edge of a word and beside a character that is no space, so each gets invisible neighbours that are
neither: the visible characters stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.model import Span, Spans
from bot.wording.runs import BIDI_CONTROLS, WEB_ADDRESS, Run, shorten

JOINER, GAP = "\u2060", "\u200b"  # word joiner, zero-width space

INERT = BIDI_CONTROLS | str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": f"{JOINER}&gt;",  # also decoded, it would quote at the start of a line
        "＞": f"{JOINER}＞",
        **{mark: f"{JOINER}{mark}{GAP}" for mark in "*_~`"},
    }
)
IN_CODE = BIDI_CONTROLS | str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "'"})
ESCAPED = BIDI_CONTROLS | str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
MARKUP = re.compile(r"[*_~`＞]|:[\w+'-]+:|@(?:channel|here|everyone|group)", re.IGNORECASE)
BLANKS_APART = re.compile(r"\S+")
LINE_PIECE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
# What some clients take for a call to a whole channel, and that or an emoji.
PING = re.compile(r"@(?=channel|here|everyone|group)", re.IGNORECASE)
CALL = re.compile(rf":(?=[\w+'-]+:)|{PING.pattern}", re.IGNORECASE)


def inert(text: str) -> str:
    """Escape a text so that Slack shows its characters and nothing else."""
    return CALL.sub(rf"\g<0>{JOINER}", text).translate(INERT)


def marked(text: str, spans: Spans) -> str:
    """Set a text with its `spans` in bold; bold never runs over a line's end."""
    out, at = [], 0
    for start, end in spans:
        for piece in LINE_PIECE.finditer(text, start, end):
            out += [inert(text[at : piece.start()]), _gap(text[: piece.start()][-1:])]
            out += [f"*{inert(piece.group())}*", _gap(text[piece.end() :][:1])]
            at = piece.end()
    return "".join([*out, inert(text[at:])])


def _gap(neighbour: str) -> str:
    # An asterisk beside a letter or a curly mark would not count as markup without a gap.
    return "" if not neighbour or neighbour.isspace() or neighbour in ".,;:!?()" else GAP


def has_markup(text: str) -> bool:
    """Whether Slack would read anything in a text as markup, an emoji or a call to a channel."""
    return MARKUP.search(text) is not None


def quotation(text: str, spans: Spans) -> str:
    """Set a text without markup as a quotation, with the words that `spans` touch in bold."""
    lines = bold(text, spans).splitlines()
    return "\n".join(f"> {one.strip()}" for one in lines if one.strip())


def bold(text: str, spans: Spans) -> str:
    """Set a text without markup, with the words that `spans` touch in bold.

    Nothing is added that whoever copies it would copy with it: bold runs from blank to blank, marks
    included, where Slack needs no gap (*“No* vessel), and never over a line's end.
    """
    out, at = [], 0
    for start, end in _whole_words(text, spans):
        out += [_escaped(text[at:start]), f"*{_escaped(text[start:end])}*"]
        at = end
    return "".join([*out, _escaped(text[at:])])


def _whole_words(text: str, spans: Spans) -> list[Span]:
    """Runs of whole words that spans touch, each on one line."""
    runs: list[Span] = []
    words = [word.span() for word in BLANKS_APART.finditer(text)]
    for start, end in spans:
        touched = [word for word in words if start < word[1] and word[0] < end]
        for word in touched:
            joins = runs and (word[0] < runs[-1][1] or start <= runs[-1][1] < word[0] < end)
            if joins and not _ends_line(text[runs[-1][1] : word[0]]):
                runs[-1] = runs[-1][0], max(runs[-1][1], word[1])
            else:
                runs.append(word)
    return runs


def _ends_line(blanks: str) -> bool:
    return len(blanks.splitlines()) > 1 or blanks.endswith("\n")


def _escaped(text: str) -> str:
    return text.translate(ESCAPED)


def fitted(text: str, spans: Spans, *, length: int, room: int) -> str:
    """Set a text, cut to `length` characters and further until it takes at most `room`."""
    while True:
        cut = shorten(text, length)
        end = len(cut) if cut == text else len(cut) - 1
        kept = tuple((start, min(stop, end)) for start, stop in spans if start < end)
        if len(rendered := marked(cut, kept)) <= room:
            return rendered
        length = max(1, length * 2 // 3)


def coded(text: str, *, length: int, room: int) -> str:
    """Set what is to stand in `code`, cut as by `fitted`.

    There only a backtick means anything: nothing invisible is added that whoever copies what is to
    be typed would copy with it.
    """
    while True:
        cut = shorten(" ".join(text.split()), length)
        rendered = PING.sub(rf"\g<0>{JOINER}", cut.translate(IN_CODE))
        if len(rendered) <= room:
            return rendered
        length = max(1, length * 2 // 3)


def line(runs: Iterable[Run], *, room: int) -> str:
    """Set runs as one line of at most `room` characters, its longest runs cut until it fits."""
    shown = [run._replace(text=re.sub(r"\s+", " ", run.text)) for run in runs]
    length = max((len(run.text) for run in shown), default=0)
    while len(rendered := "".join(_set(run, length) for run in shown)) > room:
        if length > 10:
            length = length * 2 // 3
        else:
            shown.pop()
    return rendered


def _set(run: Run, length: int) -> str:
    text = inert(shorten(run.text, length))
    address = (run.link or "").replace("&", "&amp;")
    if WEB_ADDRESS.fullmatch(address):
        return f"<{address}|{text}>"
    return f"*{text}*" if run.strong and text.strip() else text
