"""Internal communications: who works on it together, and how staff and residents are heard."""
