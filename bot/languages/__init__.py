"""The languages that Claimdesk reads and writes, a folder each; table.py is the way to them."""
