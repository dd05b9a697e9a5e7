from .generations import Generation

__all__ = ["Generation"]
