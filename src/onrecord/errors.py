"""Errors that a user can act on. Each says what failed, what was got, and what to do next.

OnrecordError
├── InputError       a file, claim, date or option is not what it should be
├── WorkspaceError   a folder is no workspace, or its truth is damaged
├── ModelError       a model file is missing or altered
└── ReadingError     a model failed on one input; the check records it as a Fault
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors that the command line prints in one line, with exit code 2."""


class InputError(OnrecordError):
    """What was given cannot be read as what it should be."""


class WorkspaceError(OnrecordError):
    """The folder is not a workspace, or cannot be used as one."""


class ModelError(OnrecordError):
    """A model cannot be trusted or used: missing, altered, or of another shape."""


class ReadingError(OnrecordError):
    """A model failed on one input. A check goes on without it and records a Fault."""
