"""Why an address could not be read, and the button that reads it anyway."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.errors import FetchError, FetchKind, IngestError
from bot.slack.surfaces.articles.failure_blocks import read_failure_message
from tests.slack import blockkit


def test_a_failure_to_read_an_address_is_explained() -> None:
    error = FetchError("missing", subject="https://a.example/x", cause="nothing is here")
    said = read_failure_message([error]).text
    assert said == "I couldn't read https://a.example/x : nothing is here. Check the address."
    unended = IngestError("cannot read the article", cause="it is empty", remedy="Leave it out")
    said = read_failure_message([unended]).text
    assert said == "I couldn't read it: it is empty. Leave it out."
    asking = IngestError("", cause="it has 9 links: a front page?", remedy="Give the article")
    said = read_failure_message([asking]).text
    assert said == "I couldn't read it: it has 9 links: a front page? Give the article."
    for kind in get_args(FetchKind):  # settings and commands are for whoever runs Claimdesk
        told = read_failure_message([FetchError(kind, subject="https://a.example/", cause="it")])
        assert "bot.yml" not in told.text
        assert "fetch." not in told.text
        assert "ingest the" not in told.text
    bare = IngestError("cannot read the article", cause="it has no text")
    assert read_failure_message([bare]).text == "I couldn't read it: it has no text."


def test_private_addresses_read_like_unknown_ones() -> None:
    inner, unknown = (
        FetchError(kind, subject="http://jenkins.corp/", cause=cause)
        for kind, cause in (("refused", "its host is not of …"), ("dns", "its host is not known"))
    )
    told = read_failure_message([inner])
    assert told == read_failure_message([unknown])
    assert told.text.startswith("I couldn't read http://jenkins.corp/ : that address isn't on")


@pytest.mark.parametrize(
    ("can_force", "url", "has_button"),
    [
        (True, "https://a.example/x", True),
        (False, "https://a.example/x", False),
        (True, "", False),
        (True, f"https://a.example/{'x' * 1_981}", True),
        (True, f"https://a.example/{'x' * 1_990}", False),
    ],
)
def test_what_looks_like_no_article_can_be_read_anyway(
    url: str, *, can_force: bool, has_button: bool
) -> None:
    error = IngestError("", subject="a", cause="it has 9 links", can_force=can_force)
    message = read_failure_message([error], url)
    assert blockkit.problems(message.blocks) == []
    assert [block["elements"][0]["value"] for block in message.blocks[1:]] == [url] * has_button
