"""The real parts behind the Protocols. Heavy packages are imported only when a part is built."""
