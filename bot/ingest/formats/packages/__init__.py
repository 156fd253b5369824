"""Formats that are ZIP packages of XML: Word and OpenDocument."""
