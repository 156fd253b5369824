"""The languages that Claimdesk reads and writes, one folder each; import them through table.py."""
