"""Typed values: the case, the written policy, and the determination that follows from both."""
