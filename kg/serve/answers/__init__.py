"""The answers to what people ask: one module a view, each a pure function from the index to a JSON object."""
