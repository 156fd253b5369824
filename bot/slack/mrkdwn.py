"""Escape text for Slack's mrkdwn: no markup, mentions, links or emoji can arise from it.

Slack decodes &amp; &lt; &gt; and has no escape for other characters
(docs.slack.dev/messaging/formatting-message-text). A markup character takes effect only at the edge
of a word, next to a character other than a space. So each one is put between invisible characters,
which prevent this. The visible characters stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.model import Span, Spans
from bot.wording.runs import BIDI_CONTROLS, WEB_ADDRESS, Run, shorten

JOINER, GAP = "\u2060", "\u200b"  # word joiner, zero-width space

HTML_ESCAPES = BIDI_CONTROLS | str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
CODE_ESCAPES = HTML_ESCAPES | str.maketrans({"`": "'"})
ALL_ESCAPES = HTML_ESCAPES | str.maketrans(
    {
        ">": f"{JOINER}&gt;",  # even escaped, it would start a quotation at the start of a line
        "＞": f"{JOINER}＞",
        **{mark: f"{JOINER}{mark}{GAP}" for mark in "*_~`"},
    }
)
MARKUP = re.compile(r"[*_~`＞]|:[\w+'-]+:|@(?:channel|here|everyone|group)", re.IGNORECASE)
WORD = re.compile(r"\S+")
CHANNEL_MENTION = re.compile(r"@(?=channel|here|everyone|group)", re.IGNORECASE)
"""What some clients read as a mention of the whole channel."""
MENTION_OR_EMOJI = re.compile(rf":(?=[\w+'-]+:)|{CHANNEL_MENTION.pattern}", re.IGNORECASE)


def escape(text: str) -> str:
    """Escape a text so that Slack shows its characters and nothing else."""
    return MENTION_OR_EMOJI.sub(rf"\g<0>{JOINER}", text).translate(ALL_ESCAPES)


def has_markup(text: str) -> bool:
    """Tell whether Slack would read markup, an emoji or a mention in a text."""
    return MARKUP.search(text) is not None


def quotation(text: str, spans: Spans) -> str:
    """Return a text without markup as a quotation, with the words that `spans` touch in bold."""
    lines = bold_words(text, spans).splitlines()
    return "\n".join(f"> {line.strip()}" for line in lines if line.strip())


def bold_words(text: str, spans: Spans) -> str:
    """Return a text without markup, with the words that `spans` touch in bold.

    No invisible characters are added, so that people can copy the text. Without them, Slack
    recognises a bold marker only next to a space, so bold covers whole words with their punctuation
    (*“No* vessel). It never runs across the end of a line.
    """
    rendered, position = [], 0
    for start, end in _bold_spans(text, spans):
        plain, bold = text[position:start], text[start:end]
        rendered += [plain.translate(HTML_ESCAPES), f"*{bold.translate(HTML_ESCAPES)}*"]
        position = end
    return "".join([*rendered, text[position:].translate(HTML_ESCAPES)])


def _bold_spans(text: str, spans: Spans) -> list[Span]:
    """Return the sequences of whole words that spans touch, each on one line."""
    sequences: list[Span] = []
    words = [word.span() for word in WORD.finditer(text)]
    for start, end in spans:
        for word in words:
            if word[1] <= start or end <= word[0]:
                continue
            last_end = sequences[-1][1] if sequences else 0
            continues_last = sequences and (word[0] < last_end or start <= last_end < word[0] < end)
            if continues_last and not _has_line_end(text[last_end : word[0]]):
                sequences[-1] = sequences[-1][0], max(last_end, word[1])
            else:
                sequences.append(word)
    return sequences


def _has_line_end(whitespace: str) -> bool:
    return len(whitespace.splitlines()) > 1 or whitespace.endswith("\n")


def escape_to_fit(text: str, *, max_length: int, max_escaped: int) -> str:
    """Cut a text to `max_length` characters and escape it.

    It is cut further until it takes at most `max_escaped` characters with its escapes.
    """
    return _shrink(lambda length: escape(shorten(text, length)), max_length, max_escaped)


def escape_code(text: str, *, max_length: int, max_escaped: int) -> str:
    """Escape a text for use between backticks; it is cut as by `escape_to_fit`.

    Only backticks and mentions of the channel have a meaning there. All other text can be copied,
    since no invisible characters are added to it.
    """
    line = " ".join(text.split())

    def render(length: int) -> str:
        code = shorten(line, length).translate(CODE_ESCAPES)
        return CHANNEL_MENTION.sub(rf"\g<0>{JOINER}", code)

    return _shrink(render, max_length, max_escaped)


def _shrink(render: Callable[[int], str], length: int, max_escaped: int) -> str:
    """Render a text at ever smaller lengths until the result fits."""
    while len(rendered := render(length)) > max_escaped:
        length = max(1, length * 2 // 3)
    return rendered


def render_line(runs: Iterable[Run], *, max_length: int) -> str:
    """Render runs as one line of at most `max_length` characters.

    The longest runs are cut first; if the line is still too long, the last runs are left out.
    """
    remaining = [run._replace(text=re.sub(r"\s+", " ", run.text)) for run in runs]
    length = max((len(run.text) for run in remaining), default=0)
    while len(rendered := "".join(_render_run(run, length) for run in remaining)) > max_length:
        if length > 10:
            length = length * 2 // 3
        else:
            remaining.pop()
    return rendered


def _render_run(run: Run, length: int) -> str:
    text = escape(shorten(run.text, length))
    address = (run.link or "").replace("&", "&amp;")
    if WEB_ADDRESS.fullmatch(address):
        return f"<{address}|{text}>"
    return f"*{text}*" if run.strong and text.strip() else text
