"""Checks of what Claimdesk is made of: licences, bill of materials, vulnerabilities, secrets."""
