"""The page: widgets on the `Pipeline`. Gradio is imported only by `page`, `server` and `handlers`."""
