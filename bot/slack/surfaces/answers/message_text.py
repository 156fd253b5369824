"""Turn the text of a Slack message back into what a person typed. No I/O.

Slack writes people, channels and addresses as <…>, with a label after a bar, and escapes three
characters (docs.slack.dev/messaging/formatting-message-text).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
QUOTE_MARK = re.compile(r"^(?:>>>|>) ?", re.MULTILINE)


def unescape(text: str) -> str:
    """Return a text without Slack's escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def extract_words(text: str) -> str:
    """Return a message's words, with the labels of links, but without mentions and addresses."""
    words = unescape(MARKUP.sub(_label, text))
    return re.sub(r"[ \t]+", " ", QUOTE_MARK.sub("", words)).strip()


def message_words(message: Mapping[str, Any]) -> str:
    """Return the words of a message or, if it has none, of the messages that it forwards."""
    words = extract_words(str(message.get("text") or ""))
    attachments = message.get("attachments") or ()
    forwarded_texts = (part.get("text") or part.get("fallback") for part in attachments)
    return words or "\n\n".join(extract_words(str(text)) for text in forwarded_texts if text)


def _label(markup: re.Match[str]) -> str:
    mark, address, label = markup[1], markup[2], markup[3] or ""
    is_mention = mark in ("@", "!")  # of a person, a group or the whole channel
    return "" if is_mention or address.endswith(label) else label
