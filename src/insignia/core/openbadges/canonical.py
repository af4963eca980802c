"""One form for one meaning: RDF canonicalisation (RDFC-1.0) and JSON canonicalisation (JCS, RFC 8785).

pyoxigraph turns JSON-LD into RDF. It loads no remote contexts, so the pinned ones are written into the text it reads; it
writes fractions in its own way, so `doubles` puts them right. `rdfc` names and sorts.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

import pyoxigraph
import rfc8785

from . import contexts, doubles
from .errors import InvalidLinkedData
from .inlining import with_contexts_inlined
from .limits import LIMITS, Limits, check_graph, check_tree
from .rdfc import canonical_quads


def canonicalize(
    document: Mapping[str, Any], *, loader: contexts.Loader = contexts.load, limits: Limits = LIMITS
) -> bytes:
    """The canonical N-Quads of `document`: UTF-8, sorted by code point, one line feed after each line.

    Raises `TooComplex` over a limit or where canonicalisers are known to disagree, `ContextUnavailable` for a context
    that `loader` does not have, `InvalidLinkedData` where the text is not JSON-LD. Terms without meaning are dropped in
    silence here, and so are statements with malformed identifiers: call `safe_mode.check` first.
    """
    check_tree(document, limits)
    text = with_contexts_inlined(document, loader)
    try:
        quads = list(islice(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD), limits.quads + 1))
    except (SyntaxError, ValueError) as error:
        raise InvalidLinkedData(str(error)) from error
    check_graph(quads, limits)
    return canonical_quads(doubles.put_right(quads, document), steps=limits.steps)


def jcs(document: Any) -> bytes:
    """The JSON Canonicalization Scheme form of `document`. Raises `InvalidLinkedData` for what JSON cannot say."""
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise InvalidLinkedData(str(error)) from error
