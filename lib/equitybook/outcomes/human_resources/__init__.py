"""Human resources: who works here, and how people come to."""
