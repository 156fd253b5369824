"""What a process counts and measures, for Prometheus.

No label has anything that a person wrote, or an id of a person, channel, article or feed.
"""

from __future__ import annotations

import re

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

ACK_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 3)
"""Seconds; Slack gives up after three."""
ANSWER_BUCKETS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30)
JOB_BUCKETS = (0.1, 1, 5, 15, 60, 300, 1800)
EXTRACTION_BUCKETS = (0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 600)
NAME = re.compile(r"/?[A-Za-z][\w.]{0,39}", re.ASCII)
"""A command, or a method, event or error code of Slack's API."""


class Metrics:
    """The metrics of one process. Thread-safe; counting takes microseconds."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.build = Gauge(
            "claimdesk_build_info",
            "Always 1; the labels say what runs.",
            ("version", "python", "database"),
            registry=registry,
        )
        self.ready = Gauge(
            "claimdesk_ready",
            "Whether a part works, as /readyz says.",
            ("part",),
            registry=registry,
        )
        self.degraded = Gauge(
            "claimdesk_degraded",
            "Whether something is wrong with a part that works all the same.",
            ("part",),
            registry=registry,
        )
        self._add_slack_metrics(registry)
        self._add_work_metrics(registry)

    def _add_slack_metrics(self, registry: CollectorRegistry) -> None:
        self.acknowledgement_seconds = Histogram(
            "claimdesk_acknowledgement_seconds",
            "How long Slack waited for the acknowledgement of a delivery.",
            ("kind",),
            buckets=ACK_BUCKETS,
            registry=registry,
        )
        self.answer_seconds = Histogram(
            "claimdesk_answer_seconds",
            "The time from the arrival of a delivery to the end of its handling.",
            ("kind", "outcome"),
            buckets=ANSWER_BUCKETS,
            registry=registry,
        )
        self.refused_deliveries = Counter(
            "claimdesk_refused_deliveries",
            "Deliveries that were not handled.",
            ("why",),
            registry=registry,
        )
        self.slack_calls = Counter(
            "claimdesk_slack_calls",
            "Calls of Slack's Web API; the outcome is ok, Slack's error code, or the failure.",
            ("method", "outcome"),
            registry=registry,
        )
        self.sockets_open = Gauge(
            "claimdesk_sockets_open", "Open connections over Socket Mode.", registry=registry
        )
        self.socket_failures = Counter(
            "claimdesk_socket_failures",
            "Failed attempts to open a connection over Socket Mode.",
            registry=registry,
        )
        self.waiting_calls = Gauge(
            "claimdesk_waiting_calls",
            "Calls that wait for a thread, by pool of threads.",
            ("pool",),
            registry=registry,
        )
        self.expected_wait = Gauge(
            "claimdesk_expected_wait_seconds",
            "How long another call would wait for a thread, by pool of threads.",
            ("pool",),
            registry=registry,
        )

    def _add_work_metrics(self, registry: CollectorRegistry) -> None:
        self.jobs_done = Counter(
            "claimdesk_jobs_done",
            "Attempts at jobs; the outcome is ok, retried, failed or released.",
            ("kind", "outcome"),
            registry=registry,
        )
        self.job_seconds = Histogram(
            "claimdesk_job_seconds",
            "How long an attempt at a job took.",
            ("kind",),
            buckets=JOB_BUCKETS,
            registry=registry,
        )
        self.extraction_seconds = Histogram(
            "claimdesk_extraction_seconds",
            "How long the search for the claims of an article took.",
            buckets=EXTRACTION_BUCKETS,
            registry=registry,
        )


def bounded_label(text: object) -> str:
    """Return a text from outside as the value of a label; "other" unless it looks like a name."""
    return text if isinstance(text, str) and NAME.fullmatch(text) else "other"
