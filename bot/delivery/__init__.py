"""Everything that is posted or mailed: one outbox, one worker, one table of job kinds.

Higher layers register what is delivered and how: handlers for the kinds of jobs, a `Transport` for
messages, and a `MessageOwner` for the kinds of messages that need to react to their outcome.
"""
