"""The safety case: that it is complete, and that its controls are held by tests that can fail."""
