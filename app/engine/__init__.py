"""The criteria engine: a case and a policy go in, a determination comes out. Pure and exact."""

from app.engine.evaluate import evaluate

__all__ = ["evaluate"]
