"""Papers of the office: frozen values in, PDF bytes or files out. No database, screen or clock."""
