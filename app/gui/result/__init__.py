"""The right half of the window: shows one outcome and decides nothing."""
