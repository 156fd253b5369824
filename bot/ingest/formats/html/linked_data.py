"""A page's metadata in JSON-LD, with the vocabulary of schema.org (schema.org/NewsArticle)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
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
        self._nodes = [node for block in _blocks(tree) for node in _nodes(block)][:MAX_NODES]
        self._by_id: dict[str, Node] = {}
        for node in self._nodes:
            # A node with only an @id is a reference to the node that has more keys.
            if isinstance(node.get("@id"), str) and len(node) > 1:
                self._by_id.setdefault(node["@id"], node)

    def article(self, titles: list[str]) -> Node:
        """Return the page's article, or of several the one with a title; {} if there is none."""
        articles = [node for node in self._nodes if any(map(_ARTICLE.fullmatch, _types(node)))]
        if len(articles) > 1:
            articles = [node for node in articles if text_of(node.get("headline")) in titles]
        return articles[0] if articles else {}

    def names(self, node: Node, key: str, *, without: frozenset[str] = frozenset()) -> list[str]:
        """Return the names of people or organisations, given as text, nodes or references.

        Nodes of the types `without` are left out.
        """
        values = node.get(key)
        names: list[str] = []
        for value in values if isinstance(values, list) else [values]:
            named: Node = value if isinstance(value, dict) else {"name": value}
            named = self._by_id.get(str(named.get("@id")), named)
            if without.isdisjoint(_types(named)):
                listed = named.get("name")
                names += filter(
                    None, map(text_of, listed if isinstance(listed, list) else [listed])
                )
        return names


def text_of(value: Any) -> str | None:
    """Return a text on one line, with HTML entities decoded; None for any other value."""
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        if len(text) > MAX_BLOCK_CHARACTERS:
            continue
        try:
            # Line breaks in strings are invalid, but common: strict=False allows them.
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(block: Any) -> Iterator[Node]:
    """Yield a block's nodes, including nested ones, outermost first; without recursion."""
    queue = [block]
    for count in range(MAX_NODES):
        if count >= len(queue):
            return
        value = queue[count]
        if isinstance(value, list):
            queue += value[:MAX_NODES]
        elif isinstance(value, dict):
            yield value
            queue += value.values()


def _types(node: Node) -> list[str]:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return [name.rpartition("/")[2] for name in names if isinstance(name, str)]
