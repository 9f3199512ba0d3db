"""The right half of the window: what one outcome says. Shows it and decides nothing."""
