"""The commands of `rag`, by what they deal with. Heavy packages are imported only when a command runs."""
