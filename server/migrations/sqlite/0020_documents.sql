-- Documents: files that are kept, encrypted, beside the database. Times are microseconds since 1970 UTC.

-- One row a document. The file itself is in the documents' folder, under the day of its id and the id; without its row nobody
-- can read it.
CREATE TABLE documents (
    id BLOB NOT NULL PRIMARY KEY,
    -- What it is: signature_request, signed_request, signature_evidence.
    class TEXT NOT NULL,
    -- Bytes, as they were before they were encrypted.
    size BIGINT NOT NULL,
    -- Keyed digest of those bytes.
    digest BLOB NOT NULL,
    -- Which key wraps the document's own; a name, not the key.
    key_id BLOB NOT NULL,
    -- The document's own key, wrapped. NULL from the moment in which its deletion begins: then nobody can read the file any more.
    wrapped_key BLOB,
    made_at BIGINT NOT NULL,
    -- When the job deletes it, unless it is held.
    delete_after BIGINT NOT NULL,
    -- Since when it is held, whatever delete_after says.
    legal_hold_at BIGINT,
    -- Since when it is being deleted: the file goes first, then this row.
    deleting_at BIGINT
);

CREATE INDEX documents_due ON documents (delete_after);
-- Those whose deletion was cut off.
CREATE INDEX documents_deleting ON documents (deleting_at) WHERE deleting_at IS NOT NULL;
-- The rows of a day, to be held against its files.
CREATE INDEX documents_made ON documents (made_at);
