"""Determinations written for machines and for people."""
