"""What `claimdesk doctor` checks; bot/cli/doctor.py lists the checks and runs them."""
