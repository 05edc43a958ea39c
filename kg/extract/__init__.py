"""From papers to records: the extraction stage."""
