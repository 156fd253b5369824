"""The kinds of jobs, and which of them can be done without Slack."""

from __future__ import annotations

WITHOUT_SLACK = frozenset({"poll", "release", "page", "detail", "mail", "watch", "alert"})
IN_SLACK = frozenset({"digest", "mend", "send", "chart"})
