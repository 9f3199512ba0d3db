"""What the program tells of itself: components, hazards, examples. Without Qt."""
