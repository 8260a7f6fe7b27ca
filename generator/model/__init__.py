"""The conference as typed, frozen facts; nothing here reads files or prints."""
