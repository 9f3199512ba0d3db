"""The window: pixels and events. It edits a draft and shows an outcome; it decides nothing."""
