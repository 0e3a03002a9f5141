"""Looks at a signed PDF with pyHanko and prints what it finds (JSON). Arguments: the file, the anchor in PEM, the time (ISO 8601)."""

import json
import sys
from datetime import datetime

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

with open(sys.argv[2], "rb") as file:
    anchor = x509.Certificate.load(pem.unarmor(file.read())[2])
moment = datetime.fromisoformat(sys.argv[3])
context = ValidationContext(trust_roots=[anchor], moment=moment, allow_fetching=False, revocation_mode="soft-fail")
with open(sys.argv[1], "rb") as file:
    signatures = PdfFileReader(file).embedded_signatures
    status = validate_pdf_signature(signatures[0], signer_validation_context=context)
    print(json.dumps({
        "signatures": len(signatures),
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "coverage": status.coverage.name,
    }))
