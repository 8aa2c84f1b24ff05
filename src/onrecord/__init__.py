"""Onrecord holds a public claim against the record."""
