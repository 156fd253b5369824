"""What Claimdesk is installed with: licences, bill of materials, known vulnerabilities."""
