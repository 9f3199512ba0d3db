"""What the shipped documents say, by policy and version, and that Aldesk says the same."""
