"""The form, the left half of the window: the entries of a case. Judges nothing."""
