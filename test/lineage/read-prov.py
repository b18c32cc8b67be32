"""Reads PROV-JSON documents (a JSON array of texts) and says what the prov package has understood of each."""

import json
import sys

from prov.model import ProvDerivation, ProvDocument, ProvElement, ProvAttribution


def ends(document, kind):
    return sorted([str(name.uri) for name in record.args[:2]] for record in document.get_records(kind))


def understood(text):
    document = ProvDocument.deserialize(content=text, format="json")
    document.get_provn()
    return {
        "elements": {
            record.identifier.uri: [str(label) for label in record.get_attribute("prov:label")]
            for record in document.get_records(ProvElement)
        },
        "derivations": ends(document, ProvDerivation),
        "attributions": ends(document, ProvAttribution),
    }


json.dump([understood(text) for text in json.load(sys.stdin)], sys.stdout)
