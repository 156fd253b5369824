"""Who passes on what another said, and with which words."""

from __future__ import annotations

import re

# Before its verb, the one who reports may be called by other words than its name.
REPORTER_SUBJECT = re.compile(r"\W*(?:the|it|they|he|she)(?:\s+[a-z]+)?\s*", re.IGNORECASE)
NON_REPORTER = re.compile(r"no|nobody|none|no one|few|who|which|that|what", re.IGNORECASE)
REPORTING_VERB = re.compile(
    r"report|quot|cit|wr[io]t|sa(?:id|ys?)\b|announc|publish|told|tells", re.IGNORECASE
)
