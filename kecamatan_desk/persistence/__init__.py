"""Tables, transactions and every line of SQL."""
