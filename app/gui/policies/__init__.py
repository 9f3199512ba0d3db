"""The window of the policy versions: list, preview of a new file, saved cases by both versions."""
