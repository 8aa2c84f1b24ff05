"""Pure functions on text: spans, sentences, names, quantities, likeness."""
