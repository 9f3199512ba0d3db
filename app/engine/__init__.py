"""The engine: computes a determination from a case and a policy, by pure and exact functions."""

from app.engine.evaluate import evaluate

__all__ = ["evaluate"]
