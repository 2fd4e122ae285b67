"""The encrypted file: log, projection, queries, keys, backups."""
