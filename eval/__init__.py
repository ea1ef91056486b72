"""The question set, its judge and the benchmark."""
