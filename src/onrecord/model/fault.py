"""Broken machinery, which is never a finding."""

from __future__ import annotations

from onrecord.model.noun import Noun


class Fault(Noun):
    """A step that failed on one input, while the rest of the check went on."""

    step: str
    """The room and function: 'neural.verifier', 'intake.html' ..."""
    subject: str
    """What it failed on: a document or passage id, a file name."""
    message: str
