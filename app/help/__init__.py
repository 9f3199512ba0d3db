"""What the program says about itself: components, hazards, worked examples. Without Qt."""
