"""One form for one meaning: RDF canonicalisation (RDFC-1.0) and JSON canonicalisation (JCS, RFC 8785).

pyoxigraph does the RDF work. It loads no remote contexts, so the pinned ones are written into the text it reads; it
does not sort its lines, so we do; it writes fractions in its own way, so `doubles` puts them right; and it hangs on
graphs built to hang it, so `limits` come first.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

import pyoxigraph
import rfc8785

from . import contexts, doubles
from .errors import N_, InvalidLinkedData, TooComplex
from .inlining import with_contexts_inlined
from .limits import LIMITS, Limits, check_graph, check_tree


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
    if len(quads) > limits.quads:
        raise TooComplex(N_("The document makes more than %(limit)s statements."), params={"limit": limits.quads})
    check_graph(quads, limits)
    dataset = pyoxigraph.Dataset(doubles.put_right(quads, document))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def jcs(document: Any) -> bytes:
    """The JSON Canonicalization Scheme form of `document`. Raises `InvalidLinkedData` for what JSON cannot say."""
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise InvalidLinkedData(str(error)) from error
