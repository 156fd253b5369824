"""NITF 2 and 3, IPTC's older markup for stories (iptc.org/standards/nitf)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import markup, xml
from bot.ingest.formats.wire import Story, make_article, parse_status
from bot.ingest.formats.xml import find_all, find_first, text_at, text_of
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_instant

_TABLES = frozenset({"table"})
_MIDNIGHT = re.compile(r"T0{4,6}(?:[+-]\d{2}:?\d{2}|Z)?$")


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an NITF document."""
    return xml.root_name(head) == "nitf"


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a document. If it cancels another document, that cancellation is yielded first.

    Raises Refusal unless it is well-formed NITF.
    """
    root = xml.parse(raw)
    if xml.local_name(root) != "nitf":
        raise Refusal(f"it is not NITF: its root is <{xml.local_name(root)}>", "Check what it is")
    docdata = _docdata(root)
    if other_status := docdata.get("management-idref-status"):
        other_id = _qualify_id(docdata, docdata.get("management-doc-idref", ""))
        if other_id and parse_status(other_status) != "usable":
            yield make_article(Story(guid=other_id, status=other_status), "")
            if not extract_body(root):
                return
    text, story = extract_body(root), read_story(root)
    if not text and (abstract := find_first(root, "body", "body.head", "abstract")) is not None:
        text, story = markup.extract_tree_text(abstract), story._replace(is_excerpt=True)
    yield make_article(story, text)


def read_story(root: Element) -> Story:
    """Read a document's metadata, as printed."""
    docdata = _docdata(root)
    return Story(
        guid=_guid(docdata),
        version=_attribute(docdata, "du-key", "version")
        or _attribute(docdata, "du-key", "generation"),
        title=text_at(root, "body", "body.head", "hedline", "hl1")
        or text_at(root, "head", "title"),
        outlet=_outlet(root, docdata),
        byline=_byline(root),
        published=_drop_midnight(_attribute(docdata, "date.issue", "norm"))
        or _drop_midnight(_attribute(root, "head", "pubdata", "date.publication"))
        or _attribute(docdata, "date.release", "norm"),
        modified=_modified(docdata),
        language=root.get(xml.LANGUAGE, "") or root.get("lang", ""),
        url=_attribute(root, "head", "pubdata", "ex-ref"),
        note=_note(docdata),
        status=docdata.get("management-status", ""),
        embargo=_embargo(docdata),
    )


def extract_body(root: Element) -> str:
    """Extract the body's text, without headline, byline, tables, captions and notes."""
    body = find_first(root, "body", "body.content")
    if body is None:
        body = find_first(root, "body")
    return "" if body is None else markup.extract_tree_text(body, skipped=_TABLES)


def _docdata(root: Element) -> Element:
    docdata = find_first(root, "head", "docdata")
    return Element("docdata") if docdata is None else docdata


def _attribute(element: Element, *path: str) -> str:
    """Return the attribute `path[-1]` of the first element at `path[:-1]` that has it."""
    values = (match.get(path[-1], "").strip() for match in find_all(element, *path[:-1]))
    return next(filter(None, values), "")


def _guid(docdata: Element) -> str:
    """Return the article's id. For an update, this is the id of the document that it updates."""
    other_id = docdata.get("management-doc-idref", "").strip()
    is_update = parse_status(docdata.get("management-idref-status", "")) == "usable"
    id_ = other_id if other_id and is_update else _attribute(docdata, "doc-id", "id-string")
    return _qualify_id(docdata, id_)


def _qualify_id(docdata: Element, id_: str) -> str:
    """Prefix an id with its issuer, since it is only unique there."""
    issuer = _attribute(docdata, "doc-id", "regsrc")
    return f"{issuer}:{id_}" if id_ and issuer and ":" not in id_ else id_


def _outlet(root: Element, docdata: Element) -> str:
    return (
        _attribute(root, "head", "pubdata", "name")
        or text_at(root, "body", "body.head", "distributor")
        or _attribute(docdata, "doc.copyright", "holder")
        or _attribute(docdata, "doc.rights", "owner")
    )


def _byline(root: Element) -> str:
    """Return the marked-up persons in the bylines, or else the bylines without job titles."""
    names: list[str] = []
    for byline in find_all(root, "body", "body.head", "byline"):
        line = text_of(byline)
        for job_title in find_all(byline, "byttl"):
            line = line.removesuffix(text_of(job_title)).rstrip(" ,")
        names += list(map(text_of, find_all(byline, "person"))) or [line]
    return ", ".join(filter(None, names))


def _drop_midnight(norm: str) -> str:
    """Drop T000000, which the specification uses for an unknown time."""
    return _MIDNIGHT.sub("", norm)


def _modified(docdata: Element) -> str:
    """Return the date of the last revision, or else the date of issue."""
    revisions = [revision.get("norm", "") for revision in find_all(docdata, "revision-history")]
    dated_revisions = [(moment, norm) for norm in revisions if (moment := parse_instant(norm))]
    return max(dated_revisions)[1] if dated_revisions else _attribute(docdata, "date.issue", "norm")


def _note(docdata: Element) -> str:
    elements = (*find_all(docdata, "ed-msg"), *find_all(docdata, "correction"))
    return "; ".join(filter(None, (element.get("info", "").strip() for element in elements)))


def _embargo(docdata: Element) -> str | None:
    """Return the release date, or None if the document may be released at once."""
    release_date = _attribute(docdata, "date.release", "norm")
    if docdata.get("management-status", "").strip().lower() == "embargoed":
        return release_date
    return release_date if parse_instant(release_date) else None
