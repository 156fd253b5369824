"""What becomes of a document: which article it is, whose, and which version. Pure decisions."""
