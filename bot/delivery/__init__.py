"""One outbox, one worker, one table of job kinds. Whatever is posted or mailed goes through here.

What is delivered, and by which way, is registered from above: handlers for the kinds of jobs, a
`Transport` for messages, an owner for those kinds of messages that others follow.
"""
