"""Patterns for who relays a statement, and with which verbs."""

import re

# Words other than a name that can refer to the reporter before the verb.
REPORTER_SUBJECT = re.compile(r"\W*(?:the|it|they|he|she)(?:\s+[a-z]+)?\s*", re.IGNORECASE)
NON_REPORTER = re.compile(r"no|nobody|none|no one|few|who|which|that|what", re.IGNORECASE)
REPORTING_VERB = re.compile(
    r"report|quot|cit|wr[io]t|sa(?:id|ys?)\b|announc|publish|told|tells", re.IGNORECASE
)
