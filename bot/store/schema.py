"""The one schema of the system of record, for SQLite and PostgreSQL alike.

`store_state` has a single row. Every change to an article takes the next numbers of its `seq`, in
the same transaction and holding that row, so that numbers become visible in their order and an
index that has come to one number can ask for what changed after it. Rows about people, channels,
shares and digests carry the workspace's id as `team`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

REVISION = "0010"
"""The newest migration; a test holds it to migrations/versions."""


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite has no type for one."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse naive datetimes, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a zone cannot be stored: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give UTC back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NullableJSON = sa.JSON(none_as_null=True)
"""JSON, or NULL where there is nothing: most often so, and NULL costs nothing to write or read."""

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
    sa.Column("naming", sa.String(16)),  # by which rules and settings `names` was made
    sa.Column("watching", sa.BigInteger, nullable=False, server_default="0"),  # changes of watches
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False, unique=True),
    sa.Column("arrival", sa.String(8), nullable=False),  # one of standing.Arrival
    sa.Column("arrived_at", Instant, nullable=False, index=True),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("text_sha", sa.String(64), nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("paragraphs", NullableJSON),  # spans; what a paragraph is, the extractor decides
    sa.Column("title", sa.Text),
    sa.Column("outlet", sa.Text),
    sa.Column("byline", sa.Text),
    sa.Column("published", sa.String(40)),  # as printed; the day and the instant follow from it
    sa.Column("published_on", sa.Date, index=True),
    sa.Column("published_at", Instant),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("sample", sa.Boolean, nullable=False),
    sa.Column("extractor", sa.String(16)),  # which one read it; NULL: not known
    sa.Column("guid", sa.Text),
    sa.Column("revision", sa.Integer),  # the publisher's number of this version
    sa.Column("modified_at", Instant),
    sa.Column("excerpt", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("note", sa.Text),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),  # ours, from 1
    sa.Column("copy_of", sa.String(32), index=True),  # the article that printed this first
    # The metadata that people have corrected, as it was found; NULL: none of it.
    sa.Column("as_found", NullableJSON),
)

identities = sa.Table(
    "identities",
    metadata,
    # By what an article is known again: a hash of its guid, its address, or where it came from.
    # Several may go by one key: who took it first must not keep it from whose it is.
    sa.Column("key", sa.String(40), primary_key=True),
    # No foreign key: what was withdrawn or is withheld is known again, too.
    sa.Column("article_id", sa.String(32), primary_key=True, index=True),
)

versions = sa.Table(
    "versions",
    metadata,
    # Those that are not shown: earlier ones, those withheld until an hour comes, those withdrawn.
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column(
        "state", sa.String(16), nullable=False
    ),  # one of articles/known_article.py's VersionState
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("left_at", Instant),  # when it ceased to be shown; NULL: it never was
    sa.Column("release_at", Instant, index=True),  # when an embargo ends
    sa.Column("reason", sa.Text),
    sa.Column("arrival", sa.String(8), nullable=False),
    sa.Column("text_sha", sa.String(64), nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("document", sa.JSON, nullable=False),  # all that is known of it but its text
    sa.Column("claims", NullableJSON),  # as they were
)

gone_claims = sa.Table(
    "gone_claims",
    metadata,
    sa.Column("claim_id", sa.String(32), primary_key=True),
    sa.Column("article_id", sa.String(32), nullable=False, index=True),
    sa.Column("reason", sa.String(16), nullable=False),  # changed, withdrawn
    sa.Column("gone_at", Instant, nullable=False),
)

bands = sa.Table(
    "bands",
    metadata,
    # Texts that are much the same share at least one of their bands (bot/articles/copies.py).
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
    sa.Column("key", sa.String(200), nullable=False),  # what it is about; one job a kind and key
    sa.Column("payload", NullableJSON),
    sa.Column("state", sa.String(8), nullable=False),  # waiting, failed
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("again_at", Instant),  # asked for once more while it was being done
    sa.Column("team", sa.String(32)),  # whose worker is to do it; NULL: any, it needs no Slack
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("tried_at", Instant),
    sa.Column("worker", sa.Text),
    sa.Column("lease_until", Instant),
    sa.Column("failure", sa.Text),
    sa.UniqueConstraint("kind", "key"),
    sa.Index(None, "state", "due_at"),
)

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),  # a hash of the address it was added by
    sa.Column("url", sa.Text, nullable=False),  # where it is polled: what 301 said, is remembered
    sa.Column("added_as", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("outlet", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("full_text", sa.Boolean, nullable=False),
    sa.Column("added_by", sa.String(8), nullable=False),  # config, slack, cli
    sa.Column("team", sa.String(32)),
    sa.Column("person", sa.String(32)),  # its owner, who is told when it breaks
    sa.Column("added_at", Instant, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),  # active, paused, gone, unlisted
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("interval_seconds", sa.Integer, nullable=False),
    sa.Column("polled_at", Instant),
    sa.Column("fresh_at", Instant),  # when it last brought something new
    sa.Column("failing_since", Instant),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("failure", sa.Text),
    sa.Column("told_at", Instant),
    sa.Column("kept_out", sa.Integer, nullable=False, server_default="0"),  # taken back, and again
)

feed_entries = sa.Table(
    "feed_entries",
    metadata,
    sa.Column("feed_id", sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("key", sa.String(40), primary_key=True),  # a hash of the entry's guid
    sa.Column("content", sa.String(40), nullable=False),  # a hash of all that it says
    sa.Column("seen_at", Instant, nullable=False),
)

hosts = sa.Table(
    "hosts",
    metadata,
    sa.Column("host", sa.String(255), primary_key=True),
    sa.Column("free_at", Instant),  # before this nobody asks it for anything
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
    sa.Column("ref", NullableJSON),
    sa.Column("type", sa.String(16)),
    sa.Column("speaker", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("cue", sa.Text),
    sa.Column("source_kind", sa.String(16), nullable=False),
    sa.Column("stance", sa.String(16)),
    sa.Column("negative", sa.Boolean, nullable=False),
    sa.Column("via", NullableJSON),
    sa.Column("inside", sa.String(32)),
    sa.Column("near_speaker", sa.Text),
    sa.Column("near_text", sa.Text),
    sa.Column("near_report", sa.Text),
    sa.Column("said_on", sa.Date),
    sa.Column("said_on_inferred", sa.Boolean, nullable=False),
    sa.Column("unsure", sa.Boolean, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("checkable", sa.Float),
    sa.Column("corrected", sa.Boolean),  # NULL: it reads as it was found
    sa.Column(
        "source_spans", NullableJSON
    ),  # NULL: not known, as of what an earlier version has filed
    sa.Column("cue_spans", NullableJSON),
    sa.Column("outer_cue", sa.Text),
    sa.Column("printed", sa.String(16)),  # a hash of the sentences that print it; NULL: not known
    sa.Index(None, "speaker"),  # what one has said, and whether anybody was heard before
    sa.Index(
        "ix_claims_passages",  # a few among many, to be counted at once
        "article_id",
        sqlite_where=sa.text("kind = 'passage'"),
        postgresql_where=sa.text("kind = 'passage'"),
    ),
)

roles = sa.Table(
    "roles",
    metadata,
    # What an article says that those who speak in it are, as it prints it.
    sa.Column("article_id", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("speaker", sa.Text, primary_key=True),  # as in claims
    sa.Column("roles", sa.JSON, nullable=False),
)

names = sa.Table(
    "names",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),  # of a speaker, as printed
    sa.Column("block", sa.Text, nullable=False, index=True),  # names of one speaker share it
    sa.Column("speaker", sa.Text, nullable=False, index=True),  # the name that stands for all
    sa.Column("article", sa.String(32)),  # the one that prints it; NULL: several do
)

removals = sa.Table(
    "removals",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("article_id", sa.String(32), nullable=False, index=True),
    sa.Column("text_sha", sa.String(64), nullable=False, index=True),
    sa.Column("barred", sa.Boolean, nullable=False),  # not to come in again by itself
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

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("team", sa.String(32), primary_key=True),
    sa.Column("channel", sa.String(32), primary_key=True),
    sa.Column("at", sa.Time, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("person", sa.String(32), nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("wants", NullableJSON),  # what else is set for it, as in model.DigestPreferences
    sa.Column("begun", Instant),  # NULL: as `since`
    sa.Column("stopped", sa.String(64)),  # Slack's code for why; NULL: it goes on
)

digests = sa.Table(
    "digests",
    metadata,
    sa.Column("team", sa.String(32), primary_key=True),
    sa.Column("channel", sa.String(32), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    # planned, missed, uncertain. What has become of one that is planned, its message in the outbox
    # says, whose key is made of channel and day.
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("window_start", Instant, nullable=False),
    sa.Column("posting_time", Instant, nullable=False),
    sa.Column("retry_at", Instant),
    sa.Column("failure", sa.Text),
)

corrections = sa.Table(
    "corrections",
    metadata,
    # What people have said of claims and articles that is to be read instead of what was found.
    # What they say is never changed or removed; what became of it is in `rulings`.
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("team", sa.String(32), nullable=False),
    sa.Column("press", sa.String(64), nullable=False),  # of which modal: sent twice, it is one
    # What it corrects: a claim, or the article itself.
    sa.Column("claim_id", sa.String(32), nullable=False, index=True),
    sa.Column("article_id", sa.String(32), nullable=False, index=True),
    sa.Column("changes", sa.JSON, nullable=False),  # by field: how it should read
    sa.Column("before", sa.JSON, nullable=False),  # the same fields as they read then
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("person", sa.String(32), nullable=False),
    sa.Column("person_name", sa.Text, nullable=False),
    sa.Column("suggested_at", Instant, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),  # that of the last ruling
    sa.Column("number", sa.BigInteger),  # the change as which it was accepted; NULL: it is not
    # The correction of the same press that this one is decided with; NULL: it stands alone.
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
    sa.Column("reason", sa.Text),  # NULL: none was given
)

originals = sa.Table(
    "originals",
    metadata,
    # Claims as they were last found, where `claims` has them otherwise: as people have corrected
    # them, with what follows from it for those near them, or not at all because they are none.
    sa.Column("claim_id", sa.String(32), primary_key=True),
    sa.Column("article_id", sa.String(32), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("claim", sa.JSON, nullable=False),
)

name_rulings = sa.Table(
    "name_rulings",
    metadata,
    # What people have said of names: that they are one speaker's, or never are.
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("team", sa.String(32), nullable=False),
    sa.Column("press", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),  # merged, split
    sa.Column("sides", sa.JSON, nullable=False),  # lists of names, as in model.NameRuling
    sa.Column("number", sa.Integer, nullable=False),  # from 1: the later ruling goes before
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
    sa.Column(
        "channel", sa.String(32), primary_key=True
    ),  # or a row of bot/store/delivery/channels.py
    sa.Column("free_at", Instant),  # before this nothing is posted, or read
    sa.Column("failure", sa.Text),  # why not, where somebody has to see to it
    sa.Column("unfurls", sa.Boolean, nullable=False, server_default=sa.false()),
)

outbox = sa.Table(
    "outbox",
    metadata,
    # What is to be posted, in the order in which it was asked for in each channel.
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("team", sa.String(32), nullable=False),
    sa.Column("key", sa.String(200), nullable=False),  # what makes it one: asked twice, sent once
    # Where it is to stand, or a person's id; once it stands, where that is.
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("thread_ts", sa.String(32)),
    sa.Column("kind", sa.String(16), nullable=False),  # what makes a message of it
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("person", sa.String(32)),  # who hears if it cannot be posted
    sa.Column("state", sa.String(16), nullable=False),  # waiting, sending, sent, uncertain, dead
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("due_at", Instant, nullable=False),  # of one that is being sent: when to look for it
    sa.Column("attempts", sa.Integer, nullable=False),  # those that were left open
    sa.Column("tried_at", Instant),
    sa.Column("ts", sa.String(32)),
    sa.Column("failure", sa.Text),
    sa.UniqueConstraint("team", "key"),
    sa.Index(None, "state", "team", "channel"),
    sa.Index(None, "ts", "channel"),
    sa.Index(None, "kind", "asked_at"),
    sqlite_autoincrement=True,  # an id that a button carries is never another's
)

outbox_claims = sa.Table(
    "outbox_claims",
    metadata,
    sa.Column("outbox_id", sa.ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("claim_id", sa.String(32), nullable=False, index=True),
    sa.Column("wording", sa.String(33)),  # hashes of what is shown; NULL: not known
    sa.Column("place", NullableJSON),  # in a digest: in which section, and what is said of it there
)

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("team", sa.String(32), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),  # by which people call it
    sa.Column("person", sa.String(32), nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),  # where it tells, or its person's id
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("pace", sa.String(8), nullable=False),  # at_once, hourly, daily
    sa.Column("at", sa.Time),  # of those that are daily
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("quiet_from", sa.Time),
    sa.Column("quiet_until", sa.Time),
    sa.Column("state", sa.String(8), nullable=False, index=True),  # active, paused, ended
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("fired", sa.Integer, nullable=False),  # statements found so far
    sa.Column("fired_at", Instant),
    sa.UniqueConstraint("team", "number"),
)

news = sa.Table(
    "news",
    metadata,
    # Which claims have come that no watch has seen yet. Only kept where somebody watches.
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),  # the article's
    sa.Column("article_id", sa.String(32), nullable=False),
    sa.Column("claims", sa.JSON, nullable=False),  # their ids
    sa.Column("filed_at", Instant, nullable=False),
)

alerts = sa.Table(
    "alerts",
    metadata,
    # One for each statement that a watch has found, in however many outlets it is reported.
    sa.Column("watch_id", sa.ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("statement", sa.String(32), primary_key=True),  # the id of its first claim
    sa.Column("claims", sa.JSON, nullable=False),  # the ids of all that report it
    sa.Column("words", sa.JSON, nullable=False),  # which words fired
    sa.Column("found_at", Instant, nullable=False),
    sa.Column("outbox_key", sa.String(200)),  # of the message that shows it; NULL: none yet
    sa.Index(None, "watch_id", "outbox_key", "found_at"),
    sa.Index(None, "watch_id", "found_at"),
)
