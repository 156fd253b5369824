"""The schema of the system of record, for SQLite and PostgreSQL.

`store_state` has a single row, whose `seq` is the last change number. A transaction that changes
articles takes the next number for each change, and locks that row while it does. So change numbers
become visible in order, and an index that has reached one number can ask for the changes after it.
Rows about people, channels, shares and digests have the workspace's id as `team`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

REVISION = "v0002"
"""The newest migration; a test compares it with migrations/versions. Those of stores from before
version 0.1.0 were bare numbers."""


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; SQLite has no such type."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Convert to UTC. Raises ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a zone cannot be stored: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Return an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NullableJSON = sa.JSON(none_as_null=True)
"""JSON, or NULL for None, which is the usual value and costs nothing to read or write."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

store_state = sa.Table(
    "store_state",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("store_id", sa.String(32), nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    # The version of the naming rules by which `names` was filled.
    sa.Column("naming", sa.String(16)),
    # A counter that increases whenever a watch changes.
    sa.Column("watching", sa.BigInteger, nullable=False, server_default="0"),
    # What the clock said when a person last confirmed it.
    sa.Column("clock_confirmed_at", Instant),
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
    sa.Column("arrival", sa.String(8), nullable=False),  # an Arrival (articles/known_article.py)
    sa.Column("arrived_at", Instant, nullable=False, index=True),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("text_sha", sa.String(64), nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("paragraphs", NullableJSON),  # spans, from the extractor
    sa.Column("title", sa.Text),
    sa.Column("outlet", sa.Text),
    sa.Column("byline", sa.Text),
    sa.Column("published", sa.String(40)),  # as printed; the next two are derived
    sa.Column("published_on", sa.Date, index=True),
    sa.Column("published_at", Instant),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("sample", sa.Boolean, nullable=False),
    sa.Column("extractor", sa.String(16)),  # its version; NULL: unknown
    sa.Column("guid", sa.Text),
    sa.Column("revision", sa.Integer),  # the publisher's version number
    sa.Column("modified_at", Instant),
    sa.Column("excerpt", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("note", sa.Text),
    sa.Column(
        "version", sa.Integer, nullable=False, server_default="1"
    ),  # our version number, from 1
    sa.Column("copy_of", sa.String(32), index=True),  # the original
    # The original values, by field, of the metadata that people have corrected; NULL: none.
    sa.Column("as_found", NullableJSON),
    # The offset at which the extractor stopped, its budget spent; NULL: it read all of the text.
    sa.Column("read_to", sa.Integer),
    # A known outlet's name that it bears although it is not from that outlet's site.
    sa.Column("claimed_outlet", sa.Text),
    sa.Column("claimed_url", sa.Text),  # an address that it states and that nobody has fetched
    sa.Column("review", NullableJSON),  # a list of ReviewKind (model/review.py); NULL: none
    sa.Column("brought_by", NullableJSON),  # who brought it, as a list of viewers
    sa.Column("doubt", sa.Text),  # a Doubt (model/review.py), also if somebody has accepted it
    # To find the newest articles that quote a speaker.
    sa.Index(
        "ix_articles_newest",
        sa.text("(published_on IS NULL)"),
        sa.text("published_on DESC"),
        sa.text("seq DESC"),
    ),
    # A partial index: few articles have to be reviewed, and most queries leave those out.
    sa.Index(
        "ix_articles_in_review",
        "id",
        sqlite_where=sa.text("review IS NOT NULL"),
        postgresql_where=sa.text("review IS NOT NULL"),
    ),
)

identities = sa.Table(
    "identities",
    metadata,
    # What an article is recognised by: a hash of its guid, its URL or its origin. Several articles
    # may share a key, so that one that forges another's key cannot prevent the genuine article from
    # having it.
    sa.Column("key", sa.String(40), primary_key=True),
    # Not a foreign key, since withdrawn and withheld articles are recognised, too.
    sa.Column("article_id", sa.String(32), primary_key=True, index=True),
)

versions = sa.Table(
    "versions",
    metadata,
    # The versions that are not shown: earlier, withheld and withdrawn ones.
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    # A VersionState (articles/known_article.py).
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("left_at", Instant),  # when it ceased to be shown; NULL: it was never shown
    sa.Column("release_at", Instant, index=True),  # when an embargo ends
    sa.Column("reason", sa.Text),
    sa.Column("arrival", sa.String(8), nullable=False),
    sa.Column("text_sha", sa.String(64), nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("document", sa.JSON, nullable=False),  # its metadata; the text is in `text`
    sa.Column("claims", NullableJSON),  # as they were shown, with corrections
)

gone_claims = sa.Table(
    "gone_claims",
    metadata,
    sa.Column("claim_id", sa.String(32), primary_key=True),
    sa.Column("article_id", sa.String(32), nullable=False, index=True),
    sa.Column("reason", sa.String(16), nullable=False),  # a GoneReason (model)
    sa.Column("gone_at", Instant, nullable=False),
)

bands = sa.Table(
    "bands",
    metadata,
    # Nearly identical texts share at least one band (bot/articles/copies.py).
    sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column(
        "article_id",
        sa.ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("key", sa.String(200), nullable=False),  # what it is about; one job per kind and key
    sa.Column("payload", NullableJSON),
    # Who or what brought the work: a person, a feed. Sources take turns, with one job at a time.
    sa.Column("source", sa.String(200)),
    sa.Column("state", sa.String(8), nullable=False),  # waiting, failed
    sa.Column("due_at", Instant, nullable=False),
    # If the job is added again while it is running: when to run it again.
    sa.Column("again_at", Instant),
    # The workspace whose worker runs it; NULL: it does not need Slack, and any worker may run it.
    sa.Column("team", sa.String(32)),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("tried_at", Instant),
    sa.Column("worker", sa.Text),
    sa.Column("lease_until", Instant),
    sa.Column("failure", sa.Text),
    sa.UniqueConstraint("kind", "key"),
    sa.Index(None, "state", "due_at"),
)

job_turns = sa.Table(
    "job_turns",
    metadata,
    # When a job of this source was last taken: the source that has waited longest is next.
    sa.Column("source", sa.String(200), primary_key=True),
    sa.Column("taken_at", Instant, nullable=False),
)

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),  # a hash of the URL that it was added with
    sa.Column("url", sa.Text, nullable=False),  # the current URL, after permanent redirects
    sa.Column("added_as", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("outlet", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("full_text", sa.Boolean, nullable=False),
    sa.Column("added_by", sa.String(8), nullable=False),  # config, slack, cli
    sa.Column("team", sa.String(32)),
    sa.Column("person", sa.String(32)),  # its owner, who is notified of failures
    sa.Column("added_at", Instant, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),  # active, paused, gone, unlisted
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("interval_seconds", sa.Integer, nullable=False),
    sa.Column("polled_at", Instant),
    sa.Column("fresh_at", Instant),  # when a poll last found a new entry
    sa.Column("failing_since", Instant),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("failure", sa.Text),
    sa.Column("told_at", Instant),  # when its owner was last notified of the failure
    sa.Column(
        "kept_out", sa.Integer, nullable=False, server_default="0"
    ),  # entries rejected because their articles had been withdrawn
)

feed_entries = sa.Table(
    "feed_entries",
    metadata,
    sa.Column("feed_id", sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("key", sa.String(40), primary_key=True),  # a hash of the entry's guid
    sa.Column("content", sa.String(40), nullable=False),  # a hash of the entry
    sa.Column("seen_at", Instant, nullable=False),
)

hosts = sa.Table(
    "hosts",
    metadata,
    sa.Column("host", sa.String(255), primary_key=True),
    sa.Column("free_at", Instant),  # when the next request may be sent
    sa.Column("robots", sa.Text),
    sa.Column("robots_at", Instant),
)

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column(
        "article_id",
        sa.ForeignKey("articles.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("spans", NullableJSON),
    sa.Column("paragraph", sa.Integer),
    sa.Column("ref", NullableJSON),  # of an imported claim: the id that its maker gave it
    sa.Column("type", sa.String(16)),
    sa.Column("speaker", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("cue", sa.Text),
    sa.Column("source_kind", sa.String(16), nullable=False),
    sa.Column("stance", sa.String(16)),
    sa.Column("negative", sa.Boolean, nullable=False),
    sa.Column("via", NullableJSON),
    sa.Column("inside", sa.String(32)),  # the id of the claim whose content includes this one
    # Of an unattributed sentence: the attribution beside it, as context (model.NearbyAttribution).
    sa.Column("near_speaker", sa.Text),
    sa.Column("near_text", sa.Text),
    sa.Column("near_report", sa.Text),
    sa.Column("said_on", sa.Date),
    sa.Column("said_on_inferred", sa.Boolean, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    # How well an unattributed sentence can be fact-checked, from 0 to 1.
    sa.Column("checkable", sa.Float),
    sa.Column("corrected", sa.Boolean),  # NULL: not corrected
    # NULL: unknown, since an earlier version of Claimdesk wrote the claim.
    sa.Column("source_spans", NullableJSON),
    sa.Column("cue_spans", NullableJSON),
    sa.Column("outer_cue", sa.Text),
    sa.Column("printed", sa.String(16)),  # a hash of the sentences that contain it; NULL: unknown
    # An Act (model); NULL: speech, or no attribution. Of events only those are kept that people
    # have seen in a message or corrected.
    sa.Column("act", sa.String(16)),
    sa.Column("speaker_confidence", sa.Float),  # NULL: unknown, as in source_spans
    sa.Column("guess", sa.Text),  # who the speaker probably is
    # The speaker's roles as the article prints them; NULL: none. Only searches read them.
    sa.Column("roles", NullableJSON),
    # The statement that it reports (`statements.id`); NULL: none, since not everyone may see it, or
    # filed before there were statements (claimdesk restate).
    sa.Column("statement", sa.BigInteger, index=True),
    # To find the claims of a speaker, and to tell whether a speaker is new.
    sa.Index(None, "speaker"),
    # A partial index: few claims are passages, so they can be counted quickly.
    sa.Index(
        "ix_claims_passages",
        "article_id",
        sqlite_where=sa.text("kind = 'passage'"),
        postgresql_where=sa.text("kind = 'passage'"),
    ),
    sa.Index(
        "ix_claims_events",
        "article_id",
        sqlite_where=sa.text("act = 'event'"),
        postgresql_where=sa.text("act = 'event'"),
    ),
)

statements = sa.Table(
    "statements",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("first_claim", sa.String(32), nullable=False),
    # Counts of what everyone may see.
    sa.Column("claims", sa.Integer, nullable=False),
    sa.Column("outlets", sa.Integer, nullable=False),
    # The days on which it was first and last published.
    sa.Column("first_on", sa.Date),
    sa.Column("last_on", sa.Date),
)

statement_relations = sa.Table(
    "statement_relations",
    metadata,
    # The first denies the second, or is about the same matter (model/statement.py).
    sa.Column("statement", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("other", sa.BigInteger, primary_key=True, autoincrement=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
)

statement_keys = sa.Table(
    "statement_keys",
    metadata,
    # By which a statement is found that a claim may report or deny (statements/keys.py).
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("statement", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("signature", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

names = sa.Table(
    "names",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),  # as printed
    sa.Column("block", sa.Text, nullable=False, index=True),  # names of one speaker share a block
    sa.Column("speaker", sa.Text, nullable=False, index=True),  # the canonical name
    sa.Column("article", sa.String(32)),  # the only article that prints it; NULL: several do
)

removals = sa.Table(
    "removals",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("article_id", sa.String(32), nullable=False, index=True),
    sa.Column("text_sha", sa.String(64), nullable=False, index=True),
    sa.Column("barred", sa.Boolean, nullable=False),  # not added again automatically
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("removed_at", Instant, nullable=False),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("team", sa.String(32), primary_key=True),
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("person", sa.String(32), nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("received_at", Instant, nullable=False, index=True),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("team", sa.String(32), primary_key=True),
    sa.Column("channel", sa.String(32), primary_key=True),
    sa.Column("at", sa.Time, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("person", sa.String(32), nullable=False),
    # When the settings last changed; earlier posting times do not count.
    sa.Column("since", Instant, nullable=False),
    sa.Column("wants", NullableJSON),  # the other settings (model.DigestPreferences)
    # When the digest was switched on; NULL: at `since`.
    sa.Column("begun", Instant),
    # Slack's error code, because of which the digest was stopped; NULL: it is running.
    sa.Column("stopped", sa.String(64)),
)

digests = sa.Table(
    "digests",
    metadata,
    sa.Column("team", sa.String(32), primary_key=True),
    sa.Column("channel", sa.String(32), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    # planned, missed or uncertain. A planned digest takes its further states from its message in
    # the outbox, whose key consists of channel and day.
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("window_start", Instant, nullable=False),
    sa.Column("posting_time", Instant, nullable=False),
    sa.Column("retry_at", Instant),
    sa.Column("failure", sa.Text),
)

corrections = sa.Table(
    "corrections",
    metadata,
    # Corrections that people have suggested for claims and articles. Their contents are never
    # changed or deleted; the decisions on them are in `rulings`.
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("team", sa.String(32), nullable=False),
    # Identifies the submission of the modal in which it was suggested, for idempotency.
    sa.Column("press", sa.String(64), nullable=False),
    # The corrected claim, or the article itself.
    sa.Column("claim_id", sa.String(32), nullable=False, index=True),
    sa.Column("article_id", sa.String(32), nullable=False, index=True),
    sa.Column("changes", sa.JSON, nullable=False),  # the new values by field
    sa.Column("before", sa.JSON, nullable=False),  # the old values of the same fields
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("person", sa.String(32), nullable=False),
    sa.Column("person_name", sa.Text, nullable=False),
    sa.Column("suggested_at", Instant, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),  # after the last ruling
    sa.Column("number", sa.BigInteger),  # its change number; NULL: not accepted
    # The main correction, if this one was made with it for a claim of another article, in the same
    # submission; NULL: this is the main one.
    sa.Column("made_with", sa.String(16), index=True),
    sa.UniqueConstraint("team", "press"),
)

rulings = sa.Table(
    "rulings",
    metadata,
    sa.Column("correction_id", sa.ForeignKey("corrections.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),  # from 1
    sa.Column("ruling", sa.String(16), nullable=False),  # accepted, declined, undone
    sa.Column("person", sa.String(32), nullable=False),
    sa.Column("person_name", sa.Text, nullable=False),
    sa.Column("ruled_at", Instant, nullable=False),
    sa.Column("reason", sa.Text),  # NULL: none given
)

originals = sa.Table(
    "originals",
    metadata,
    # Claims as last extracted, if their rows in `claims` differ or are missing: they were
    # corrected, are affected by the correction of a nearby claim, or were rejected.
    sa.Column("claim_id", sa.String(32), primary_key=True),
    sa.Column("article_id", sa.String(32), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("claim", sa.JSON, nullable=False),
)

name_rulings = sa.Table(
    "name_rulings",
    metadata,
    # People's rulings that names belong to one speaker, or to different ones.
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("team", sa.String(32), nullable=False),
    # Identifies the click or submission in which it was made, for idempotency.
    sa.Column("press", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),  # merged, split
    sa.Column("sides", sa.JSON, nullable=False),  # lists of names, as in model.NameRuling
    sa.Column("number", sa.Integer, nullable=False),  # from 1; a later ruling takes precedence
    sa.Column("person", sa.String(32), nullable=False),
    sa.Column("person_name", sa.Text, nullable=False),
    sa.Column("ruled_at", Instant, nullable=False),
    sa.Column("undone_by", sa.String(32)),
    sa.Column("undone_at", Instant),
    sa.UniqueConstraint("team", "press"),
)

channels = sa.Table(
    "channels",
    metadata,
    sa.Column("team", sa.String(32), primary_key=True),
    # A channel's id, or one of the special rows in bot/store/delivery/channels.py.
    sa.Column("channel", sa.String(32), primary_key=True),
    sa.Column("free_at", Instant),  # before this time, nothing is posted or read
    sa.Column("failure", sa.Text),  # why nothing is posted, if somebody has to act
    sa.Column("unfurls", sa.Boolean, nullable=False, server_default=sa.false()),
)

outbox = sa.Table(
    "outbox",
    metadata,
    # Messages to post, and those posted; in each channel in order of id.
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(32), nullable=False),
    sa.Column("key", sa.String(200), nullable=False),  # for idempotency: queued twice, sent once
    # The channel's or person's id; once posted, the channel that Slack reports.
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("thread_ts", sa.String(32)),
    sa.Column("kind", sa.String(16), nullable=False),  # chooses the renderer
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("person", sa.String(32)),  # who is notified if it cannot be posted
    sa.Column("state", sa.String(16), nullable=False),  # a MessageState (outbox_message.py)
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("due_at", Instant, nullable=False),  # if it is being sent: when to look it up
    # The attempts to post with an unknown outcome, and the failed attempts to prepare the message.
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("tried_at", Instant),
    sa.Column("ts", sa.String(32)),
    sa.Column("failure", sa.Text),
    sa.UniqueConstraint("team", "key"),
    sa.Index(None, "state", "team", "channel"),
    sa.Index(None, "ts", "channel"),
    sa.Index(None, "kind", "asked_at"),
    sqlite_autoincrement=True,  # buttons hold ids, so none is reused
)

outbox_claims = sa.Table(
    "outbox_claims",
    metadata,
    sa.Column("outbox_id", sa.ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("claim_id", sa.String(32), nullable=False, index=True),
    sa.Column("wording", sa.String(33)),  # a hash of its wording when posted; NULL: unknown
    sa.Column("place", NullableJSON),  # in a digest: its section and details
)

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("team", sa.String(32), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),  # by which people refer to it
    sa.Column("person", sa.String(32), nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),  # where it posts, or its owner's id
    sa.Column("query", sa.Text, nullable=False),
    # How often alerts are sent: at_once (as soon as something is found), hourly, daily.
    sa.Column("pace", sa.String(8), nullable=False),
    sa.Column("at", sa.Time),  # if daily
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("quiet_from", sa.Time),
    sa.Column("quiet_until", sa.Time),
    sa.Column("state", sa.String(8), nullable=False, index=True),  # active, paused, ended
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("fired", sa.Integer, nullable=False),  # how many statements it has found
    sa.Column("fired_at", Instant),
    sa.UniqueConstraint("team", "number"),
)

news = sa.Table(
    "news",
    metadata,
    # A queue of new claims not yet matched with the watches; empty unless a watch is active.
    sa.Column(
        "seq", sa.BigInteger, primary_key=True, autoincrement=False
    ),  # the article's change number
    sa.Column("article_id", sa.String(32), nullable=False),
    sa.Column("claims", sa.JSON, nullable=False),  # their ids
    sa.Column("filed_at", Instant, nullable=False),
)

alerts = sa.Table(
    "alerts",
    metadata,
    # One per statement that a watch has found, however many outlets report it.
    sa.Column("watch_id", sa.ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("statement", sa.String(32), primary_key=True),  # the id of its first claim
    sa.Column("claims", sa.JSON, nullable=False),  # the ids of all claims that report it
    sa.Column("words", sa.JSON, nullable=False),  # the words that matched
    sa.Column("found_at", Instant, nullable=False),
    sa.Column("outbox_key", sa.String(200)),  # of the message that reports it; NULL: pending
    sa.Index(None, "watch_id", "outbox_key", "found_at"),
    sa.Index(None, "watch_id", "found_at"),
)

incidents = sa.Table(
    "incidents",
    metadata,
    # What goes wrong again and again, one row per kind, as in model.Incident.
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("first_at", Instant, nullable=False),
    sa.Column("last_at", Instant, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    # What was erased or withdrawn on somebody's order.
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),  # an AuditKind (audit.py)
    sa.Column("at", Instant, nullable=False),
    sa.Column("ordered_by", sa.Text, nullable=False),
    sa.Column(
        "subject", sa.Text, nullable=False
    ),  # salt:digest of an id, or a message's key; of a purge, what
)
