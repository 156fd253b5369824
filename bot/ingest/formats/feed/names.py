"""The names of a feed's elements, whatever namespaces and prefixes it has for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml

ATOM_ROOTS = ("feed", "entry")
ROOTS = ("rss", "rdf", "channel", "item", *ATOM_ROOTS)
"""The root elements of RSS, RSS 0.90 and 1.0, CDF and RSS 1.1, a single item, and Atom, in lower
case."""

# Namespaces change in case, in their last character, and with or without www and https. RSS and
# Atom hardly ever mean different things by one name, so neither has a prefix.
_STANDARD_PREFIXES = {
    "": "",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss": "",
    "backend.userland.com/rss2": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "w3.org/2005/atom": "",
    "purl.org/atom/ns": "",
    "purl.org/atompub/tombstones/1.0": "at:",
    "purl.org/dc/elements/1.0": "dc:",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/terms": "dcterms:",
    "purl.org/rss/1.0/modules/content": "content:",
    "purl.org/rss/1.0/modules/syndication": "sy:",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "search.yahoo.com/mrss": "media:",
    "w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    "w3.org/1999/xhtml": "xhtml:",
}
_PRISM_NAMESPACE = "prismstandard.org/namespaces"  # each of its versions has its own
DECLARATION = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']([^"'<>]+)["']""")
"""A prefix and its namespace."""
_URI_SCHEME = re.compile(r"https?://(?:www\.)?")

Fields = Mapping[str, list[Element]]
"""An element's children by name; a name has the usual prefix of its namespace: "dc:creator"."""


class Names(NamedTuple):
    """How the elements of one feed are named.

    `prefixes` are those that the feed declares, by namespace.
    """

    is_atom: bool
    prefixes: Mapping[str, str]

    def fields(self, parent: Element) -> Fields:
        """Return an element's children by name, in document order."""
        fields: dict[str, list[Element]] = {}
        for child in parent:
            fields.setdefault(self.name(child, parent), []).append(child)
        return fields

    def name(self, element: Element, parent: Element) -> str:
        """Return an element's name.

        Children in the namespace of their parent are the feed's own, whatever it is: it may be none
        at all, or a wrong one.
        """
        namespace, _, name = str(element.tag).rpartition("}")
        if str(parent.tag).rpartition("}")[0] == namespace:
            return name.lower()
        return f"{self._prefix(namespace[1:])}{name.lower()}"

    def _prefix(self, namespace: str) -> str:
        uri = _URI_SCHEME.sub("", namespace.lower()).rstrip("/#")
        if uri.startswith(_PRISM_NAMESPACE):
            return "prism:"
        if uri in _STANDARD_PREFIXES:
            return _STANDARD_PREFIXES[uri]
        # An unknown namespace is often an old or mistyped one, and its prefix the usual one.
        return self.prefixes.get(namespace, "?:")


def names_of(root: Element, source: str) -> Names:
    """Return the names of a feed with this root, parsed from `source`."""
    prefixes = {uri: f"{prefix.lower()}:" for prefix, uri in DECLARATION.findall(source)}
    return Names(xml.local_name(root).lower() in ATOM_ROOTS, prefixes)


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, in lower case or not; "" without it."""
    for key, value in element.items():
        if key.rpartition("}")[2].lower() == name:
            return value.strip()
    return ""
