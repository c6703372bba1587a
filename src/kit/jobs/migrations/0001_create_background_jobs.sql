-- Work that must happen later. A job that is done is deleted. Times are Unix milliseconds, UTC.
CREATE TABLE background_jobs (
    tenant_id      TEXT   NOT NULL,
    id             TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    unique_key     TEXT,
    payload        TEXT   NOT NULL,
    state          TEXT   NOT NULL CHECK (state IN ('waiting', 'dead')),
    due_at         BIGINT NOT NULL,  -- while it is tried: when its lock runs out
    attempts       BIGINT NOT NULL,
    most_attempts  BIGINT NOT NULL,
    error          TEXT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, kind, unique_key)
);
CREATE INDEX background_jobs_by_due ON background_jobs (tenant_id, due_at, id) WHERE state = 'waiting';

-- Work that recurs, for the whole cluster: whoever moves next_at does it.
CREATE TABLE periodic_work (
    name     TEXT   NOT NULL PRIMARY KEY,
    next_at  BIGINT NOT NULL
);
