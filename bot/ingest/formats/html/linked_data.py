"""A page's metadata in JSON-LD, with the vocabulary of schema.org (schema.org/NewsArticle)."""

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
ORGANISATIONS = frozenset({"NewsMediaOrganization", "Organization", "WebSite"})
MAX_BLOCK_CHARACTERS = 1_000_000
MAX_NODES = 5_000
_WRAPPING = re.compile(r"^\s*(?:<!--|<!\[CDATA\[|//.*?CDATA\[)|(?://)?(?:-->|\]\]>)\s*;?\s*$|;\s*$")


class LinkedData:
    """The nodes of all JSON-LD blocks of a page; blocks that are not JSON are skipped."""

    def __init__(self, tree: HtmlElement) -> None:
        self._nodes = [node for block in _blocks(tree) for node in _nodes(block)][:MAX_NODES]
        self._by_id: dict[str, Node] = {}
        for node in self._nodes:
            # A node with only an @id is a reference to the node that has more keys.
            if isinstance(node.get("@id"), str) and len(node) > 1:
                self._by_id.setdefault(node["@id"], node)

    def article(self, title: str | None) -> Node:
        """Return the page's article, or of several the one with this title; {} if there is none."""
        articles = [node for node in self._nodes if _type_names(node) & ARTICLE_TYPES]
        if len(articles) > 1:
            matches = [node for node in articles if title and self.text(node, "headline") == title]
            return matches[0] if matches else {}
        return articles[0] if articles else {}

    def is_live(self, node: Node) -> bool:
        """Whether a node is a live blog."""
        return "LiveBlogPosting" in _type_names(node)

    def text(self, node: Node, key: str) -> str | None:
        """Return a text on one line, with HTML entities decoded; None for any other value."""
        value = node.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if not isinstance(value, str):
            return None
        return " ".join(html.unescape(value).split()) or None

    def names(self, node: Node, key: str, *, without: frozenset[str] = frozenset()) -> list[str]:
        """Return the names of people or organisations, given as text, nodes or references.

        Nodes of the types `without` are left out.
        """
        values = node.get(key)
        names = []
        for value in values if isinstance(values, list) else [values]:
            named_node: Node = value if isinstance(value, dict) else {"name": value}
            named_node = self._by_id.get(str(named_node.get("@id")), named_node)
            if _type_names(named_node) & without:
                continue
            value = named_node.get("name")
            for each in value if isinstance(value, list) else [value]:
                if (name := self.text({"name": each}, "name")) and name not in names:
                    names.append(name)
        return names

    def names_of_types(self, types: frozenset[str]) -> list[str]:
        """Return the names of all nodes of some types."""
        nodes = (node for node in self._nodes if _type_names(node) & types)
        return [name for name in (self.text(node, "name") for node in nodes) if name]

    def dates(self) -> list[str]:
        """Return the dates of publication of pages, recipes and the like; none of several."""
        dates = {date for node in self._nodes if (date := self.text(node, "datePublished"))}
        return list(dates) if len(dates) == 1 else []

    def url(self, node: Node) -> str | None:
        """Return the address of a node, or that of its page."""
        page = node.get("mainEntityOfPage")
        if isinstance(page, dict):
            page = page.get("@id")
        return self.text(node, "url") or self.text({"@id": page}, "@id")


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = _WRAPPING.sub("", script.text or "")
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


def _type_names(node: Node) -> set[str]:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return {name.rpartition("/")[2] for name in names if isinstance(name, str)}
