"""Compare the quotations of a draft, word for word, with what the archive has in print.

The words decide, never their meaning. Nothing of a draft is kept.
"""
