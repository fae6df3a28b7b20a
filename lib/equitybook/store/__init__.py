"""Where the answers are kept."""
