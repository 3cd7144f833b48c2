"""The matching itself, pure: columns in, answers out; no database, no files, no clock."""
