-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC.
-- What resident and authority write to each other about a case; the text is sealed.
CREATE TABLE case_messages (
    tenant_id        TEXT    NOT NULL,
    case_id          TEXT    NOT NULL,
    number           BIGINT  NOT NULL,
    written_at       BIGINT  NOT NULL,
    is_of_resident   INTEGER NOT NULL,
    author           TEXT    NOT NULL,
    text             BYTEA   NOT NULL,
    asks_correction  INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, case_id, number),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
-- How content somebody was with how a case went: once for each, the remark sealed.
CREATE TABLE case_ratings (
    tenant_id   TEXT   NOT NULL,
    case_id     TEXT   NOT NULL,
    service_id  TEXT   NOT NULL,
    stars       BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    remark      BYTEA  NOT NULL,
    rated_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, case_id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
