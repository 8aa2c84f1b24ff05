"""The command line: each command parses, calls one function, and prints."""

from onrecord.cli.app import app, main
from onrecord.cli.tools import Tools

__all__ = ["Tools", "app", "main"]
