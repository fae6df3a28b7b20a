"""A demonstration to try everything with: invented towns, invented people, invented answers."""
