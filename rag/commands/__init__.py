r"""The commands of `rag`, by what they deal with. Heavy packages are imported only when a command runs.

What documents hold is shown on a terminal and not obeyed by it:

>>> from rag.commands.render import visible
>>> visible("新建公园\x1b[2J20个")
'新建公园␛[2J20个'
"""
