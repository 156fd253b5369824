"""What is to become of a document: shown, kept from being shown, or nothing. Pure.

Where IPTC's rules leave a choice: a kill is final, whichever version it names and whenever it
comes, until a person takes the article in again. Of what is withheld nothing is shown, neither an
earlier version. It is released at the hour that its embargo names, by a later version or by hand:
what was released by hand stays so when it comes once more as it was.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from bot.articles.identity import has_lasting_place, is_from_file
from bot.articles.metadata import metadata_of, said_of
from bot.articles.recognition import Bond
from bot.articles.standing import Hidden, Standing
from bot.articles.steps import Kept
from bot.model import Article, Document

Status = Literal["new", "updated", "unchanged", "withdrawn", "withheld"]

KILLED = "killed by its publisher"

OF_A_VERSION = ("revision", "modified_at", "excerpt", "note")
"""What is said of one version, and not of the next unless it says so too."""

DATES = ("published", "published_on", "published_at")
DESCRIBING = ("title", "outlet", "byline", "language", *DATES)
"""What anybody may add where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a document: `shown` as an article, `kept` otherwise, or neither.

    `article_id` is that of the article that it is, or of the one for whose sake it stays out;
    `reason` says why it is not shown. One that `lifts` is shown though it was taken back.
    """

    status: Status
    article_id: str
    shown: Article | None = None
    kept: Kept | None = None
    reason: str | None = None
    lifts: bool = False


def decide(document: Document, standing: Standing, *, now: datetime, again: bool) -> Decision:
    """Decide about a document, given what is known of the article that it is.

    With `again`, what was taken back comes in anew; an embargo holds all the same.
    """
    if standing.bond is Bond.ANOTHERS and not (again and _was_withdrawn(standing)):
        return _unheard(document, standing, now)
    if document.status == "canceled":
        return _killed(document, standing)
    bar, hidden = standing.bar, standing.hidden
    if bar and (bar.state == "withheld" or not again):
        status: Status = "withheld" if bar.state == "withheld" else "withdrawn"
        return Decision(status=status, article_id=bar.article_id, reason=bar.reason)
    was_withdrawn = _was_withdrawn(standing)
    if hidden and was_withdrawn and not again:
        return _kept_out(document, standing, hidden)
    pending = hidden if hidden and not was_withdrawn else None
    head = standing.article or (pending.document if pending else None)
    if head and standing.bond is not Bond.NEARER and _is_older(document, head):
        return _late(document, standing)
    if _is_withheld(document, now):
        if standing.article and any(_is_same(document, one) for one in standing.released):
            return _unchanged(standing)
        return _withheld(document, standing)
    if pending and standing.known_by == "text":
        # The same text from who knows where does not lift its publisher's embargo.
        return Decision(status="withheld", article_id=standing.article_id, reason=pending.reason)
    decision = _shown(document, standing)
    return replace(decision, lifts=again and (was_withdrawn or bar is not None))


def _is_withheld(document: Document, now: datetime) -> bool:
    """Tell whether a document may not be shown yet. One that is withheld and names an hour is
    released then: so IPTC's guidelines on `embargoed`."""
    return document.embargo > now if document.embargo else document.status == "withheld"


def _is_older(document: Document, than: Document) -> bool:
    """Tell whether a document is an earlier version than another, as far as both are dated."""
    for one, other in (
        (document.revision, than.revision),
        (_seconds(document.modified_at), _seconds(than.modified_at)),
    ):
        if one is not None and other is not None and one != other:
            return one < other
    return False


def _seconds(at: datetime | None) -> float | None:
    return at.timestamp() if at else None


def _was_withdrawn(standing: Standing) -> bool:
    return standing.hidden is not None and standing.hidden.state == "withdrawn"


def _unheard(document: Document, standing: Standing, now: datetime) -> Decision:
    """Only add to an article that came from elsewhere what is not known of it."""
    hidden, there = standing.hidden, standing.article
    if hidden:
        status: Status = "withdrawn" if hidden.state == "withdrawn" else "withheld"
        return Decision(status=status, article_id=standing.article_id, reason=hidden.reason)
    if document.status == "canceled":
        unchanged = Decision(status="unchanged", article_id=standing.article_id)
        return replace(unchanged, reason="only its own source can withdraw it")
    if there is None or there.text_sha != document.text_sha or _is_withheld(document, now):
        return _unchanged(standing)
    added = replace(there, **_added(document, there))
    return _unchanged(standing) if added == there else _to_show("updated", added)


def _added(document: Document, there: Article) -> dict[str, Any]:
    """What a document says of an article of which it is not known; what is known of its date stays
    one. By an id, an address or a revision, who is not heard could come to be."""
    names = set(DESCRIBING) - said_of(there).keys() - (set(DATES) if there.published else set())
    return {name: value for name, value in said_of(document).items() if name in names}


# -- shown


def _shown(document: Document, standing: Standing) -> Decision:
    there = standing.article
    if there is None:
        article = Article(
            id=standing.article_id, version=_number(document, standing), **asdict(document)
        )
        return _to_show("new", article)
    if there.text_sha == document.text_sha:
        mended = _mended(there, document, standing)
        return _unchanged(standing) if mended == there else _to_show("updated", mended)
    if document.excerpt and not there.excerpt and standing.bond is not Bond.NEARER:
        return _unchanged(standing)  # a part of it is no later version of the whole
    if document.text_sha in standing.texts and not _comes_after(document, there, standing):
        return _unchanged(standing)  # an earlier version that is posted again
    # The whole of what was an excerpt corrects nothing: it is the same version.
    is_whole = there.excerpt and not document.excerpt
    number = there.version if is_whole else standing.number + 1
    return _to_show("updated", replace(_next(there, document), version=number))


def _number(document: Document, standing: Standing) -> int:
    """The version that a document is, of an article of which nothing is shown: the one that is
    withheld, where it has that one's text, or the next."""
    pending = standing.hidden
    if pending and pending.state == "withheld" and pending.document.text_sha == document.text_sha:
        return pending.number
    return standing.number + 1


def _to_show(status: Status, article: Article) -> Decision:
    return Decision(status=status, article_id=article.id, shown=article)


def _unchanged(standing: Standing) -> Decision:
    return Decision(status="unchanged", article_id=standing.article_id, kept=_keys(standing))


def _keys(standing: Standing) -> Kept | None:
    """Let an article be known by what a document brings for that, if it brings anything."""
    if not standing.new_keys:
        return None
    return Kept(article_id=standing.article_id, keys=standing.new_keys)


def _mended(there: Article, document: Document, standing: Standing) -> Article:
    """An article with what a document of the same text says of it.

    The same file may change or take away what was known, its publisher may change it, and another
    copy of it can only add.
    """
    if there.origin == document.origin and is_from_file(document):
        return replace(there, **metadata_of(document))
    if standing.bond is Bond.NEARER:
        return _next(there, document)
    if standing.known_by in ("guid", "url"):
        known = said_of(document)
        # Two feeds may give one article two ids: the first is kept, or each would bring a change.
        return replace(there, **known | {"guid": there.guid or document.guid})
    return replace(there, **said_of(document) | said_of(there))


def _next(there: Article, document: Document) -> Article:
    """The next version of an article: what its publisher does not say anew stays known."""
    known: dict[str, Any] = metadata_of(document)
    if not _is_from_its_file(document, there):
        known = said_of(there) | said_of(document)
        known |= {name: getattr(document, name) for name in OF_A_VERSION}
    return replace(there, **known, origin=document.origin, text=document.text)


def _comes_after(document: Document, there: Article, standing: Standing) -> bool:
    """Tell whether a text that was there earlier is meant to be there again: by its publisher's
    own count, or because the file that it is from was changed back."""
    is_nearer = standing.bond is Bond.NEARER
    return is_nearer or _is_from_its_file(document, there) or _is_older(there, document)


def _is_from_its_file(document: Document, there: Article) -> bool:
    return document.origin == there.origin and has_lasting_place(document)


# -- not shown


def _killed(document: Document, standing: Standing) -> Decision:
    reason = f"{KILLED}: {document.note}" if document.note else KILLED
    hidden, is_there = standing.hidden, bool(standing.article or standing.hidden)
    # A kill's text is a notice to editors, and like that of other kills.
    notice = replace(document, text="")
    if hidden and hidden.state == "withdrawn":
        reason, kept = hidden.reason or reason, _keys(standing)
    elif not is_there:
        kept = _kept(standing, notice, state="withdrawn", reason=reason)
    elif standing.bond is Bond.NEARER:
        # Others brought the article: that its own publisher took it back is kept beside it.
        kept = _kept(standing, notice, state="withdrawn", reason=reason, gives_way="withdrawn")
    else:
        kept = _kept(standing, gives_way="withdrawn", reason=reason)
    return Decision(status="withdrawn", article_id=standing.article_id, kept=kept, reason=reason)


def _kept_out(document: Document, standing: Standing, hidden: Hidden) -> Decision:
    """Keep a document out whose article was taken back, in the history, where also its text is
    known again from then on."""
    kept = _keys(standing)
    if document.text_sha not in standing.texts:
        kept = _kept(standing, document, state="withdrawn", reason=hidden.reason)
    return Decision(
        status="withdrawn", article_id=standing.article_id, kept=kept, reason=hidden.reason
    )


def _late(document: Document, standing: Standing) -> Decision:
    """An earlier version that comes after a later one only goes into the history."""
    there, kept = standing.article, _keys(standing)
    is_there = there is not None and there.text_sha == document.text_sha
    if not is_there and document.text_sha not in standing.texts:
        kept = _kept(standing, document)
    status: Status = "unchanged" if there else "withheld"
    reason = standing.hidden.reason if standing.hidden else None
    return Decision(status=status, article_id=standing.article_id, kept=kept, reason=reason)


def _withheld(document: Document, standing: Standing) -> Decision:
    pending, kept, reason = standing.hidden, _keys(standing), _why_withheld(document)
    if not (pending and pending.state == "withheld" and _is_same(document, pending.document)):
        number = _number(document, standing)
        is_other = standing.article or (pending and pending.number != number)
        kept = _kept(
            standing,
            document,
            number=number,
            state="withheld",
            release_at=document.embargo,
            reason=reason,
            gives_way="earlier" if is_other else None,
        )
    return Decision(status="withheld", article_id=standing.article_id, kept=kept, reason=reason)


def _why_withheld(document: Document) -> str:
    """Say until when nothing may be shown, with what the publisher tells editors."""
    why = "withheld by its publisher"
    if document.embargo:
        why = f"under embargo until {document.embargo.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{why}: {document.note}" if document.note else why


def _is_same(one: Document, other: Document) -> bool:
    return replace(one, origin=other.origin) == other


def _kept(standing: Standing, document: Document | None = None, **how: Any) -> Kept:
    number = standing.number + 1 if document else 0
    known = {"article_id": standing.article_id, "keys": standing.new_keys, "document": document}
    return Kept(**{"number": number} | known | how)
