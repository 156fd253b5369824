"""Formats that are ZIP packages of XML: Word, OpenDocument and EPUB."""
