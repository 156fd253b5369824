"""Set text in Slack's mrkdwn so that nothing in it becomes markup, a mention, a link or an emoji.

Slack decodes &amp; &lt; &gt; and has no escape for the rest
(docs.slack.dev/messaging/formatting-message-text). A markup character opens or closes only at the
edge of a word, next to a character other than a space. So each gets invisible characters around it
that prevent this; the visible characters stay as printed.
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
NON_BLANK = re.compile(r"\S+")
LINE_PIECE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
# What some clients read as a mention of a whole channel, or as that or an emoji.
CHANNEL_MENTION = re.compile(r"@(?=channel|here|everyone|group)", re.IGNORECASE)
MENTION_OR_EMOJI = re.compile(rf":(?=[\w+'-]+:)|{CHANNEL_MENTION.pattern}", re.IGNORECASE)


def escape(text: str) -> str:
    """Escape a text so that Slack shows its characters and nothing else."""
    return MENTION_OR_EMOJI.sub(rf"\g<0>{JOINER}", text).translate(INERT)


def escape_with_bold(text: str, spans: Spans) -> str:
    """Return an escaped text with `spans` in bold; bold never crosses the end of a line."""
    out, at = [], 0
    for start, end in spans:
        for piece in LINE_PIECE.finditer(text, start, end):
            out += [escape(text[at : piece.start()]), _gap(text[: piece.start()][-1:])]
            out += [f"*{escape(piece.group())}*", _gap(text[piece.end() :][:1])]
            at = piece.end()
    return "".join([*out, escape(text[at:])])


def _gap(neighbour: str) -> str:
    # Without a gap, Slack ignores an asterisk next to a letter or a curly quotation mark.
    return "" if not neighbour or neighbour.isspace() or neighbour in ".,;:!?()" else GAP


def has_markup(text: str) -> bool:
    """Tell whether Slack would read markup, an emoji or a mention in a text."""
    return MARKUP.search(text) is not None


def quotation(text: str, spans: Spans) -> str:
    """Return a text without markup as a quotation, with the words that `spans` touch in bold."""
    lines = bold_words(text, spans).splitlines()
    return "\n".join(f"> {one.strip()}" for one in lines if one.strip())


def bold_words(text: str, spans: Spans) -> str:
    """Return a text without markup, with the words that `spans` touch in bold.

    No invisible characters are added, so that the text can be copied: bold runs from blank to
    blank, including punctuation, where Slack needs no gap (*“No* vessel), and never crosses the end
    of a line.
    """
    out, at = [], 0
    for start, end in _whole_words(text, spans):
        out += [_escaped(text[at:start]), f"*{_escaped(text[start:end])}*"]
        at = end
    return "".join([*out, _escaped(text[at:])])


def _whole_words(text: str, spans: Spans) -> list[Span]:
    """Return the runs of whole words that spans touch, each on one line."""
    runs: list[Span] = []
    words = [word.span() for word in NON_BLANK.finditer(text)]
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


def escape_to_fit(text: str, spans: Spans, *, max_length: int, max_escaped: int) -> str:
    """Return a text cut to `length` characters, and further until it takes `room` when escaped."""
    while True:
        cut = shorten(text, max_length)
        end = len(cut) if cut == text else len(cut) - 1
        kept = tuple((start, min(stop, end)) for start, stop in spans if start < end)
        if len(rendered := escape_with_bold(cut, kept)) <= max_escaped:
            return rendered
        max_length = max(1, max_length * 2 // 3)


def escape_code(text: str, *, max_length: int, max_escaped: int) -> str:
    """Return a text for use between backticks, cut as by `fitted`.

    Only a backtick has a meaning there, so no invisible characters get in the way of copying.
    """
    while True:
        cut = shorten(" ".join(text.split()), max_length)
        rendered = CHANNEL_MENTION.sub(rf"\g<0>{JOINER}", cut.translate(IN_CODE))
        if len(rendered) <= max_escaped:
            return rendered
        max_length = max(1, max_length * 2 // 3)


def render_line(runs: Iterable[Run], *, max_length: int) -> str:
    """Return runs as one line of at most `room` characters; the longest are cut until it fits."""
    shown = [run._replace(text=re.sub(r"\s+", " ", run.text)) for run in runs]
    length = max((len(run.text) for run in shown), default=0)
    while len(rendered := "".join(_run_text(run, length) for run in shown)) > max_length:
        if length > 10:
            length = length * 2 // 3
        else:
            shown.pop()
    return rendered


def _run_text(run: Run, length: int) -> str:
    text = escape(shorten(run.text, length))
    address = (run.link or "").replace("&", "&amp;")
    if WEB_ADDRESS.fullmatch(address):
        return f"<{address}|{text}>"
    return f"*{text}*" if run.strong and text.strip() else text
