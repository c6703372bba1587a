-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.
-- What a person wrote and what the register said is sealed; the clear columns are what lists and searches need.
CREATE TABLE cases (
    tenant_id      TEXT   NOT NULL,
    id             TEXT   NOT NULL,
    reference      TEXT   NOT NULL,
    service_id     TEXT   NOT NULL,
    language       TEXT   NOT NULL,
    state          TEXT   NOT NULL CHECK (state IN ('awaiting_payment', 'in_progress', 'with_clerk', 'completed',
                                                    'refused', 'expired', 'withdrawn')),
    order_key      TEXT   NOT NULL,
    applicant      TEXT   NOT NULL,
    search_text    TEXT   NOT NULL,
    answers        BYTEA  NOT NULL,
    contact        BYTEA  NOT NULL,
    register_data  BYTEA,
    email_index    TEXT   NOT NULL,
    instance_id    TEXT   NOT NULL,
    handler        TEXT,
    created_at     BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, reference),
    UNIQUE (tenant_id, order_key)
);
CREATE INDEX cases_by_state ON cases (tenant_id, state, created_at);
CREATE INDEX cases_by_email ON cases (email_index, created_at);

-- Links to a case; only the hash of each token is kept.
CREATE TABLE case_links (
    tenant_id   TEXT   NOT NULL,
    token_hash  TEXT   NOT NULL,
    case_id     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
CREATE UNIQUE INDEX case_links_by_token ON case_links (token_hash);

-- What happened, in order; never changed.
CREATE TABLE case_events (
    tenant_id  TEXT    NOT NULL,
    case_id    TEXT    NOT NULL,
    number     BIGINT  NOT NULL,
    at         BIGINT  NOT NULL,
    kind       TEXT    NOT NULL,
    who        TEXT    NOT NULL,
    detail     TEXT    NOT NULL,
    is_public  INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, case_id, number),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
