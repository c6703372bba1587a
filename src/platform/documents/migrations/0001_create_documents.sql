-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.
-- Documents of cases. The content is sealed and may be purged; the rest stays, so that a document can be
-- verified as long as it is valid. Of the verification code only a keyed hash is kept.
CREATE TABLE documents (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    case_id     TEXT   NOT NULL,
    made_by     TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    titles      TEXT   NOT NULL,
    language    TEXT   NOT NULL,
    media_type  TEXT   NOT NULL,
    initials    TEXT   NOT NULL,
    content     BYTEA,
    sha256      TEXT   NOT NULL,
    code_index  TEXT   NOT NULL,
    state       TEXT   NOT NULL CHECK (state IN ('valid', 'revoked')),
    issued_at   BIGINT NOT NULL,
    expires_at  BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, made_by),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
CREATE UNIQUE INDEX documents_by_code ON documents (code_index);
CREATE INDEX documents_by_case ON documents (tenant_id, case_id, issued_at);
CREATE INDEX documents_by_issue ON documents (issued_at);
