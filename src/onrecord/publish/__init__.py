"""Reviewed dossiers as pages and ClaimReview. Pure: sends nothing, writes only where it is told."""

from onrecord.publish.claimreview import Publisher, claim_review, jsonld_script
from onrecord.publish.page import page_view, render_page, write_page

__all__ = [
    "Publisher",
    "claim_review",
    "jsonld_script",
    "page_view",
    "render_page",
    "write_page",
]
