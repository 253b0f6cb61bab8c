"""Views for officials over the stored documents: what is recommended, which figure counts what, where papers agree,
what a claim rests on, as of when it speaks, a brief, and questions to an author. No language model is needed.
"""
