"""What fetch.py stands on: addresses, connections, bodies, types and robots.txt."""
