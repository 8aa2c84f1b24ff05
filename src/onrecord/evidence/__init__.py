"""A passage becomes evidence: attribution, origin, figures, stance."""
