"""Turn Slack's text of a message back into what a person typed. Pure.

Slack writes people, channels and addresses as <…>, a label behind a bar, and escapes three
characters (docs.slack.dev/messaging/formatting-message-text).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
QUOTE = re.compile(r"^(?:>>>|>) ?", re.MULTILINE)


def unescape(text: str) -> str:
    """Return a text without Slack's escapes."""
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(escaped, character)
    return text


def extract_words(text: str) -> str:
    """Return the words of a message, without mentions and addresses but with the labels of
    addresses."""
    words = unescape(MARKUP.sub(_words, text))
    return re.sub(r"[ \t]+", " ", QUOTE.sub("", words)).strip()


def message_words(message: Mapping[str, Any]) -> str:
    """Return the words of a message or, if it only forwards others, theirs."""
    said = extract_words(str(message.get("text") or ""))
    passed_on = (one.get("text") or one.get("fallback") for one in message.get("attachments") or ())
    return said or "\n\n".join(extract_words(str(one)) for one in passed_on if one)


def _words(markup: re.Match[str]) -> str:
    mark, address, label = markup[1], markup[2], markup[3] or ""
    is_somebody = mark in ("@", "!")  # or all of a channel, or a group
    return "" if is_somebody or address.endswith(label) else label
