"""The window of policy versions: the list, the preview of a new file, and the replay of cases."""
