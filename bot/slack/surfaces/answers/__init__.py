"""Answers: /claim, the form, shortcuts, messages to the bot, and the buttons under a claim."""
