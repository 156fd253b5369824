"""Export the archive, and restore an exported one."""
