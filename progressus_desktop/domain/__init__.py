"""What the data mean. Pure: no files, no clock, no database engine, no window."""
