"""Writes determinations, policies and records for people: text, HTML and calendar. Without Qt."""
