"""Questions to Chinese government plans, answered with the exact figure and where it stands."""

__version__ = "0.1.0"
