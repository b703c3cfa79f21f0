"""guantong (贯通): checkable facts, rules that run and decisions that explain themselves.

The machine holds no Beijing number; the contents package does (see `guantong_beijing`).
"""

__version__ = "0.1.0"
