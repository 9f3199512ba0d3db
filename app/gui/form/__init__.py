"""The left half of the window and the bar above: what is entered. Judges nothing."""
