"""Signs PDF files with pyHanko, as a person's tool does. Reads one job (JSON) from standard input.

{"pdf": path, "out": path, "key": path, "certificate": path, "chain": [path], "digest": "sha256",
 "subfilter": "adobe" | "pades", "box": [x1, y1, x2, y2] or null, "certify": bool, "rewrite": bool,
 "stamper": {"key": path, "certificate": path} or null}
"""

import json
import sys

from asn1crypto import pem, x509, keys
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper


def certificate(path):
    with open(path, "rb") as file:
        return x509.Certificate.load(pem.unarmor(file.read())[2])


def private_key(path):
    with open(path, "rb") as file:
        return keys.PrivateKeyInfo.load(pem.unarmor(file.read())[2])


job = json.load(sys.stdin)
signer = signers.SimpleSigner.load(job["key"], job["certificate"], ca_chain_files=job["chain"])
if signer is None:
    sys.exit("pyHanko could not read the key or the certificates")
stamper = None
if job["stamper"]:
    stamper = DummyTimeStamper(
        certificate(job["stamper"]["certificate"]), private_key(job["stamper"]["key"])
    )
subfilters = {"adobe": SigSeedSubFilter.ADOBE_PKCS7_DETACHED, "pades": SigSeedSubFilter.PADES}
metadata = signers.PdfSignatureMetadata(
    field_name="Firma1",
    md_algorithm=job["digest"],
    subfilter=subfilters[job["subfilter"]],
    certify=job["certify"],
    reason="Solicitud",
)
field = SigFieldSpec("Firma1", on_page=0, box=tuple(job["box"])) if job["box"] else SigFieldSpec("Firma1")
with open(job["pdf"], "rb") as pdf, open(job["out"], "wb") as out:
    writer = copy_into_new_writer(PdfFileReader(pdf)) if job["rewrite"] else IncrementalPdfFileWriter(pdf)
    signers.PdfSigner(metadata, signer, timestamper=stamper, new_field_spec=field).sign_pdf(writer, output=out)
