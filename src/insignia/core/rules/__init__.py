"""Requirement trees: all of these, any of these, at least n, hours, counts; evaluated over what someone holds.

Pure values in, a result with its trace out, so that a page can say why something is or is not complete. A requirement
without children is never complete. What stands in the tree is data of an achievement's version in `domain.catalog`;
progress along it is kept by `domain.pathways`.
"""
