"""Decide what to do with a document: show it, store it without showing it, or ignore it. No I/O.

Where IPTC's rules leave a choice: a kill is final, whichever version it names and whenever it
arrives, until a person ingests the article again. While an article is withheld, none of its
versions is shown. It is released at the end of its embargo, by a later version, or by hand; a
version released by hand stays released if it arrives again unchanged.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from bot.articles.archive_updates import HistoryUpdate
from bot.articles.identity import has_stable_origin, is_from_file
from bot.articles.known_article import HiddenVersion, KnownArticle
from bot.articles.metadata import all_metadata, known_metadata
from bot.articles.recognition import Authority
from bot.articles.review import merge_review, shows_unreviewed_change
from bot.model import Article, Document

Status = Literal["new", "updated", "unchanged", "withdrawn", "withheld"]

KILL_REASON = "killed by its publisher"

VERSION_FIELDS = ("revision", "modified_at", "excerpt", "note", "claimed_outlet", "claimed_url")
"""Fields that describe one version; the next version does not inherit them."""

DATE_FIELDS = ("published", "published_on", "published_at")
DESCRIPTION_FIELDS = ("title", "outlet", "byline", "language", *DATE_FIELDS)
"""Fields that a document from any source may fill in if they are unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with a document: show its article, store it without showing it, or neither.

    `article` is the article to show, and `history` the update to store without showing it.
    `article_id` is the id of its article, or of the article whose exclusion it matches. `reason`
    says why it is not shown. `reinstates` says that it is shown although it had been withdrawn.
    """

    status: Status
    article_id: str
    article: Article | None = None
    history: HistoryUpdate | None = None
    reason: str | None = None
    reinstates: bool = False


def decide(
    document: Document, target: KnownArticle, *, now: datetime, is_reingest: bool
) -> Decision:
    """Decide what to do with a document, given what is known of its article.

    `is_reingest` means that a person ingests it again. That restores a withdrawn article, but an
    embargo still applies.
    """
    merged = merge_review(document, target)
    decision = _decide(merged, target, now, is_reingest=is_reingest)
    if decision.article and shows_unreviewed_change(document, target):
        status: Status = "unchanged" if target.article else "withheld"
        return Decision(status=status, article_id=target.article_id)
    return _with_review(decision, merged, target)


def keep_description(document: Document, known: Document) -> Document:
    """Return a document with the title, outlet, byline and date that are known and that it lacks.

    For a file that states no metadata of its own: what is known of it was typed when it was
    ingested before. Of another text only the outlet is kept: it may be another story.
    """
    missing = _missing_metadata(known, document)
    if known.text_sha != document.text_sha:
        missing = {name: value for name, value in missing.items() if name == "outlet"}
    return replace(document, **missing)


def _decide(
    document: Document, target: KnownArticle, now: datetime, *, is_reingest: bool
) -> Decision:
    if target.authority is Authority.ADDS_ONLY and not (is_reingest and _was_withdrawn(target)):
        return _add_only(document, target, now)
    if document.status == "canceled":
        return _decide_killed(document, target)
    exclusion, hidden = target.exclusion, target.hidden
    if exclusion and (exclusion.state == "withheld" or not is_reingest):
        status: Status = "withheld" if exclusion.state == "withheld" else "withdrawn"
        return Decision(status=status, article_id=exclusion.article_id, reason=exclusion.reason)
    was_withdrawn = _was_withdrawn(target)
    if hidden and was_withdrawn and not is_reingest:
        return _stay_withdrawn(document, target, hidden)
    pending = hidden if hidden and not was_withdrawn else None
    current = target.article or (pending.document if pending else None)
    if current and target.authority is not Authority.TAKES_OVER and _is_older(document, current):
        return _decide_late_version(document, target)
    if _is_withheld(document, now):
        if target.article and any(
            _is_same(document, version) for version in target.released_versions
        ):
            return _unchanged(target)
        return _decide_withheld(document, target)
    if pending and target.matched_by == "text":
        # The same text from another source does not lift the publisher's embargo.
        return Decision(status="withheld", article_id=target.article_id, reason=pending.reason)
    decision = _decide_shown(document, target)
    return replace(decision, reinstates=is_reingest and (was_withdrawn or exclusion is not None))


def _with_review(decision: Decision, document: Document, target: KnownArticle) -> Decision:
    """Give the article of a decision the review that its document leaves it; an article that is
    otherwise unchanged is written again if that differs."""
    is_unchanged = decision.status == "unchanged" and not (
        decision.history and decision.history.document
    )
    article = decision.article or (target.article if is_unchanged else None)
    if article is None:
        return decision
    reviewed = replace(
        article, review=document.review, brought_by=document.brought_by, doubt=document.doubt
    )
    if reviewed == target.article:
        return decision
    return replace(decision, article=reviewed, history=None)


def _is_withheld(document: Document, now: datetime) -> bool:
    """Tell whether a document may not be shown yet. A withheld document with an embargo is
    released when the embargo ends, as IPTC's guidelines on `embargoed` say."""
    return document.embargo > now if document.embargo else document.status == "withheld"


def _is_older(document: Document, other: Document) -> bool:
    """Tell whether a document is an earlier version than another, if both say which they are."""
    for own, others in (
        (document.revision, other.revision),
        (_seconds(document.modified_at), _seconds(other.modified_at)),
    ):
        if own is not None and others is not None and own != others:
            return own < others
    return False


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _was_withdrawn(target: KnownArticle) -> bool:
    return target.hidden is not None and target.hidden.state == "withdrawn"


def _add_only(document: Document, target: KnownArticle, now: datetime) -> Decision:
    """Fill in unknown metadata of an article from another source, and change nothing else."""
    hidden, article = target.hidden, target.article
    if hidden:
        status: Status = "withdrawn" if hidden.state == "withdrawn" else "withheld"
        return Decision(status=status, article_id=target.article_id, reason=hidden.reason)
    if document.status == "canceled":
        reason = "only its own source can withdraw it"
        return Decision(status="unchanged", article_id=target.article_id, reason=reason)
    if article is None or article.text_sha != document.text_sha or _is_withheld(document, now):
        return _unchanged(target)
    added = replace(article, **_missing_metadata(document, article))
    return _unchanged(target) if added == article else _show_article("updated", added)


def _missing_metadata(document: Document, article: Document) -> dict[str, Any]:
    """Return the document's metadata that the article lacks.

    The date fields are copied together or not at all. The id, address and revision are never
    copied: they could give authority to a source that has none.
    """
    names = (
        set(DESCRIPTION_FIELDS)
        - known_metadata(article).keys()
        - (set(DATE_FIELDS) if article.published else set())
    )
    return {name: value for name, value in known_metadata(document).items() if name in names}


# -- shown


def _decide_shown(document: Document, target: KnownArticle) -> Decision:
    article = target.article
    if article is None:
        version = _version_number(document, target)
        return _show_article(
            "new", Article(id=target.article_id, version=version, **asdict(document))
        )
    if article.text_sha == document.text_sha:
        updated_article = _with_new_metadata(article, document, target)
        if updated_article == article:
            return _unchanged(target)
        return _show_article("updated", updated_article)
    if document.excerpt and not article.excerpt and target.authority is not Authority.TAKES_OVER:
        return _unchanged(target)  # an excerpt is not a later version of the full text
    if document.text_sha in target.hidden_text_digests and not _is_repost_intended(
        document, article, target
    ):
        return _unchanged(target)  # an earlier version that is posted again by accident
    # The full text of an excerpt is not a correction, so it keeps the version number.
    completes_excerpt = article.excerpt and not document.excerpt
    version = article.version if completes_excerpt else target.latest_number + 1
    return _show_article("updated", replace(_next_version(article, document), version=version))


def _version_number(document: Document, target: KnownArticle) -> int:
    """Return the version number of a document whose article is not shown: that of the withheld or
    withdrawn version if their texts are equal, otherwise the next number."""
    hidden = target.hidden
    is_same_text = hidden is not None and hidden.document.text_sha == document.text_sha
    if hidden and hidden.state != "earlier" and is_same_text:
        return hidden.number
    return target.latest_number + 1


def _show_article(status: Status, article: Article) -> Decision:
    return Decision(status=status, article_id=article.id, article=article)


def _unchanged(target: KnownArticle) -> Decision:
    return Decision(status="unchanged", article_id=target.article_id, history=_new_keys(target))


def _new_keys(target: KnownArticle) -> HistoryUpdate | None:
    """Return an update that stores the document's new keys for its article, None without new
    keys."""
    if not target.new_keys:
        return None
    return HistoryUpdate(article_id=target.article_id, keys=target.new_keys)


def _with_new_metadata(article: Article, document: Document, target: KnownArticle) -> Article:
    """The article with the metadata of a document that has the same text.

    The same file may change or remove metadata, the publisher may change it, and any other source
    may only add to it.
    """
    if article.origin == document.origin and is_from_file(document):
        return replace(article, **all_metadata(document))
    if target.authority is Authority.TAKES_OVER:
        return _next_version(article, document)
    if target.matched_by in ("guid", "url"):
        metadata = known_metadata(document)
        # Two feeds may give an article different ids. Keep the first, or each poll would change it.
        return replace(article, **metadata | {"guid": article.guid or document.guid})
    return replace(article, **known_metadata(document) | known_metadata(article))


def _next_version(article: Article, document: Document) -> Article:
    """The next version of an article; metadata that the publisher omits is kept."""
    metadata: dict[str, Any] = all_metadata(document)
    if not _is_from_its_file(document, article):
        metadata = known_metadata(article) | known_metadata(document)
        metadata |= {name: getattr(document, name) for name in VERSION_FIELDS}
    return replace(article, **metadata, origin=document.origin, text=document.text)


def _is_repost_intended(document: Document, article: Article, target: KnownArticle) -> bool:
    """Tell whether an earlier text is meant to be current again, judging by the publisher's
    version numbers or because its file was changed back."""
    has_priority = target.authority is Authority.TAKES_OVER
    return has_priority or _is_from_its_file(document, article) or _is_older(article, document)


def _is_from_its_file(document: Document, article: Article) -> bool:
    return document.origin == article.origin and has_stable_origin(document)


# -- not shown


def _decide_killed(document: Document, target: KnownArticle) -> Decision:
    reason = f"{KILL_REASON}: {document.note}" if document.note else KILL_REASON
    hidden, is_known = target.hidden, bool(target.article or target.hidden)
    # The text of a kill is a notice to editors, which many kills share.
    notice = replace(document, text="")
    if hidden and hidden.state == "withdrawn":
        reason, history = hidden.reason or reason, _new_keys(target)
    elif not is_known:
        history = _make_update(target, notice, state="withdrawn", reason=reason)
    elif target.authority is Authority.TAKES_OVER:
        # The article came from another source: store its publisher's withdrawal as a version.
        history = _make_update(
            target, notice, state="withdrawn", reason=reason, demoted_to="withdrawn"
        )
    else:
        history = _make_update(target, demoted_to="withdrawn", reason=reason)
    return Decision(
        status="withdrawn", article_id=target.article_id, history=history, reason=reason
    )


def _stay_withdrawn(document: Document, target: KnownArticle, hidden: HiddenVersion) -> Decision:
    """Keep out a document whose article was withdrawn; store it in the history, so that its text
    is recognised in future."""
    history = _new_keys(target)
    if document.text_sha not in target.hidden_text_digests:
        history = _make_update(target, document, state="withdrawn", reason=hidden.reason)
    return Decision(
        status="withdrawn", article_id=target.article_id, history=history, reason=hidden.reason
    )


def _decide_late_version(document: Document, target: KnownArticle) -> Decision:
    """Store a version that arrives after a later one, in the history only."""
    article, history = target.article, _new_keys(target)
    is_current_text = article is not None and article.text_sha == document.text_sha
    if not is_current_text and document.text_sha not in target.hidden_text_digests:
        history = _make_update(target, document)
    status: Status = "unchanged" if article else "withheld"
    reason = target.hidden.reason if target.hidden else None
    return Decision(status=status, article_id=target.article_id, history=history, reason=reason)


def _decide_withheld(document: Document, target: KnownArticle) -> Decision:
    pending, history, reason = target.hidden, _new_keys(target), _withholding_reason(document)
    if not (pending and pending.state == "withheld" and _is_same(document, pending.document)):
        number = _version_number(document, target)
        replaces_version = target.article or (pending and pending.number != number)
        history = _make_update(
            target,
            document,
            number=number,
            state="withheld",
            release_at=document.embargo,
            reason=reason,
            demoted_to="earlier" if replaces_version else None,
        )
    return Decision(status="withheld", article_id=target.article_id, history=history, reason=reason)


def _withholding_reason(document: Document) -> str:
    """The reason for withholding: the end of the embargo, and the publisher's note."""
    reason = "withheld by its publisher"
    if document.embargo:
        reason = f"under embargo until {document.embargo.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{reason}: {document.note}" if document.note else reason


def _is_same(document: Document, other: Document) -> bool:
    return replace(document, origin=other.origin) == other


def _make_update(
    target: KnownArticle, document: Document | None = None, **changes: Any
) -> HistoryUpdate:
    number = target.latest_number + 1 if document else 0
    fields = {"article_id": target.article_id, "keys": target.new_keys, "document": document}
    return HistoryUpdate(**{"number": number} | fields | changes)
