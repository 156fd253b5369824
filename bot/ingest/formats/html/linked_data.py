"""What a page states of its article in JSON-LD, in schema.org's words (schema.org/NewsArticle)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

Node = Mapping[str, Any]

ARTICLE_TYPES = frozenset(
    {
        "AnalysisNewsArticle",
        "Article",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "NewsArticle",
        "OpinionNewsArticle",
        "Report",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
    }
)
MAX_CHARACTERS = 1_000_000
MAX_NODES = 5_000
_WRAPPING = re.compile(r"^\s*(?:<!--|<!\[CDATA\[|//.*?CDATA\[)|(?://)?(?:-->|\]\]>)\s*;?\s*$|;\s*$")


class LinkedData:
    """The nodes of all JSON-LD blocks of a page; a block that is no JSON is passed over."""

    def __init__(self, tree: HtmlElement) -> None:
        self._nodes = [node for block in _blocks(tree) for node in _nodes(block)][:MAX_NODES]
        self._by_id: dict[str, Node] = {}
        for node in self._nodes:
            # A reference has nothing but its @id: whoever says more is what it points to.
            if isinstance(node.get("@id"), str) and len(node) > 1:
                self._by_id.setdefault(node["@id"], node)

    def article(self, title: str | None) -> Node:
        """The article that the page is about: of several the one of that title, or none."""
        articles = [node for node in self._nodes if _types(node) & ARTICLE_TYPES]
        if len(articles) > 1:
            titled = [node for node in articles if title and self.text(node, "headline") == title]
            return titled[0] if titled else {}
        return articles[0] if articles else {}

    def text(self, node: Node, key: str) -> str | None:
        """A value that is text, on one line and without markup's entities; None if it is not."""
        value = node.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if not isinstance(value, str):
            return None
        return " ".join(html.unescape(value).split()) or None

    def names(self, node: Node, key: str) -> list[str]:
        """The names of the people or bodies under a key, whether text, nodes or references."""
        values = node.get(key)
        names = []
        for value in values if isinstance(values, list) else [values]:
            node_or_name = value if isinstance(value, dict) else {"name": value}
            found = self._by_id.get(str(node_or_name.get("@id")), node_or_name)
            name = self.text(found, "name")
            if name and name not in names:
                names.append(name)
        return names

    def address(self, node: Node) -> str | None:
        """The address of a node: its own, or that of the page that it fills."""
        page = node.get("mainEntityOfPage")
        if isinstance(page, dict):
            page = page.get("@id")
        return self.text(node, "url") or self.text({"@id": page}, "@id")


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = _WRAPPING.sub("", script.text or "")
        if len(text) > MAX_CHARACTERS:
            continue
        try:
            # Line breaks in strings are no JSON, and common.
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(block: Any) -> Iterator[Node]:
    """A block's nodes, those inside others too; a walk without recursion, outermost first."""
    waiting = [block]
    for count in range(MAX_NODES):
        if count >= len(waiting):
            return
        value = waiting[count]
        if isinstance(value, list):
            waiting += value[:MAX_NODES]
        elif isinstance(value, dict):
            yield value
            waiting += value.values()


def _types(node: Node) -> set[str]:
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    return {name.rpartition("/")[2] for name in listed if isinstance(name, str)}
