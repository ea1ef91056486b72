r"""The page: widgets on the `Pipeline`. Gradio is imported only by `page`, `server` and `handlers`.

A place in a document comes in as the page's link has it, and goes out as what the reader shows:

>>> from rag.read import parse_document
>>> from rag.ui.passages import parse_reference, section_around
>>> document = parse_document("青禾市2025年计划\n一、目标\n新建公园9个。\n二、措施\n多种树。", "q", "q.txt")
>>> around = section_around(document, parse_reference("q:20-24").span.start)
>>> document.text[around.start : around.end]
'一、目标\n新建公园9个。\n'
"""
