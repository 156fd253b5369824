"""The words of a message, without mentions and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.surfaces.answers.message_text import extract_words, message_words, unescape


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<@U0BOT> yuan ruble", "yuan ruble"),
        ("yuan <@U0BOT|claimdesk> ruble", "yuan ruble"),
        ("<!channel> <!subteam^S1|@desk> yuan", "yuan"),
        ("in <#C1|planning>", "in planning"),
        ("see <https://post.example/a?b=1&amp;c=2> now", "see now"),
        ("see <https://post.example/a|post.example/a> now", "see now"),
        ("see <https://post.example/a|the yuan> now", "see the yuan now"),
        ("ask <mailto:a@post.example|a@post.example>", "ask"),
        ("R&amp;D &lt; 3", "R&D < 3"),
        ("&gt; The quay moved.\n&gt; It did.", "The quay moved.\nIt did."),
        ("<@U0BOT>", ""),
    ],
)
def test_the_words_of_a_message(text: str, words: str) -> None:
    assert extract_words(text) == words


@given(st.text(alphabet=st.characters(exclude_characters="<>&"), max_size=60))
def test_escaped_text_is_unescaped(typed: str) -> None:
    whole = f"{typed}<&>{typed}"
    sent = whole.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert unescape(sent) == whole


def test_a_message_that_only_forwards_has_the_forwarded_words() -> None:
    shared = {"text": "", "attachments": [{"text": "yuan"}, {"fallback": "<@U1> ruble"}, {}]}
    assert message_words(shared) == "yuan\n\nruble"
    assert message_words(shared | {"text": "euro"}) == "euro"
    assert message_words({}) == ""
