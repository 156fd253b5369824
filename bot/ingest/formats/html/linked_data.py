"""A page's metadata in JSON-LD, with the vocabulary of schema.org (schema.org/NewsArticle)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

Node = Mapping[str, Any]

_ARTICLE = re.compile(r"\w*NewsArticle|Article|(?:Blog|LiveBlog|SocialMedia)Posting|Report")
ORGANISATIONS = frozenset({"NewsMediaOrganization", "Organization", "WebSite"})
MAX_BLOCK_CHARACTERS = 1_000_000
MAX_NODES = 5_000


class LinkedData:
    """The nodes of all JSON-LD blocks of a page; blocks that are not JSON are skipped."""

    def __init__(self, tree: HtmlElement) -> None:
        values: list[Any] = []
        for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
            with suppress(ValueError, RecursionError):
                # Line breaks in strings are invalid, but common: strict=False allows them.
                values.append(json.loads((script.text or "")[:MAX_BLOCK_CHARACTERS], strict=False))
        self._nodes: list[Node] = []
        self._by_id: dict[str, Node] = {}
        for value in islice(values, MAX_NODES):  # which are added on the way, outermost first
            if isinstance(value, list):
                values += value[:MAX_NODES]
            elif isinstance(value, dict):
                values += value.values()
                self._nodes.append(value)
                # A node with only an @id is a reference to the node that has more keys.
                if isinstance(value.get("@id"), str) and len(value) > 1:
                    self._by_id.setdefault(value["@id"], value)

    def article(self, titles: list[str]) -> Node:
        """Return the page's article, or of several the one with a title; {} if there is none."""
        articles = [node for node in self._nodes if any(map(_ARTICLE.fullmatch, _types(node)))]
        if len(articles) > 1:
            articles = [one for one in articles if text_of(one.get("headline")) in titles]
        return articles[0] if articles else {}

    def names(self, node: Node, key: str, *, without: frozenset[str] = frozenset()) -> list[str]:
        """Return the names of people or organisations, given as text, nodes or references.

        Nodes of the types `without` are left out.
        """
        names: list[Any] = []
        for value in _as_list(node.get(key)):
            named: Node = value if isinstance(value, dict) else {"name": value}
            named = self._by_id.get(str(named.get("@id")), named)
            if without.isdisjoint(_types(named)):
                names += _as_list(named.get("name"))
        return list(filter(None, map(text_of, names)))


def text_of(value: Any) -> str | None:
    """Return a text on one line, with HTML entities decoded; None for any other value."""
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _types(node: Node) -> list[str]:
    return [str(name).rpartition("/")[2] for name in _as_list(node.get("@type"))]
