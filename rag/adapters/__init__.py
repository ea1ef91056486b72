"""The real parts behind the Protocols. Heavy packages are imported only when a part is built.

>>> from rag.adapters.embedded import EmbeddedEmbedder
>>> embedder = EmbeddedEmbedder()
>>> parks, roads = embedder.encode_documents(["全年新建公园63个", "加快推进高速公路建设"])
>>> question = embedder.encode_query("How many parks were built?")
>>> bool(question @ parks > question @ roads)
True
"""
