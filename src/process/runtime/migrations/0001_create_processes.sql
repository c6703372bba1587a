-- Runs unchanged on SQLite and PostgreSQL. Times are Unix milliseconds, UTC. Ids are decimal numbers as text.

-- Deployed files; the same file is kept once.
CREATE TABLE process_resources (
    tenant_id  TEXT NOT NULL,
    checksum   TEXT NOT NULL,
    name       TEXT NOT NULL,
    content    TEXT NOT NULL,
    PRIMARY KEY (tenant_id, checksum)
);

-- A version of a process ('process') or of a decision ('decision'): one part of a file.
CREATE TABLE process_definitions (
    tenant_id      TEXT   NOT NULL,
    kind           TEXT   NOT NULL CHECK (kind IN ('process', 'decision')),
    definition_id  TEXT   NOT NULL,
    version        BIGINT NOT NULL,
    name           TEXT   NOT NULL,
    version_tag    TEXT   NOT NULL,
    checksum       TEXT   NOT NULL,
    deployed_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind, definition_id, version),
    FOREIGN KEY (tenant_id, checksum) REFERENCES process_resources (tenant_id, checksum)
);

-- What starts an instance of the newest version: a message or a signal.
CREATE TABLE process_starts (
    tenant_id   TEXT   NOT NULL,
    process_id  TEXT   NOT NULL,
    element     TEXT   NOT NULL,
    part        BIGINT NOT NULL,  -- which of the element's events
    kind        TEXT   NOT NULL CHECK (kind IN ('message', 'signal')),
    name        TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, process_id, element, part)
);
CREATE INDEX process_starts_by_name ON process_starts (kind, name, tenant_id);

CREATE TABLE process_instances (
    tenant_id          TEXT   NOT NULL,
    id                 TEXT   NOT NULL,
    process_id         TEXT   NOT NULL,
    version            BIGINT NOT NULL,
    definition_tenant  TEXT   NOT NULL,  -- the tenant's own, or canton
    business_key       TEXT   NOT NULL,
    state              TEXT   NOT NULL CHECK (state IN ('active', 'completed', 'terminated', 'failed')),
    revision           BIGINT NOT NULL,
    snapshot           BYTEA  NOT NULL,
    started_at         BIGINT NOT NULL,
    ended_at           BIGINT,
    parent_id          TEXT,    -- the instance that called this one
    parent_call        BIGINT,  -- and the number of the call in it
    start_key          TEXT,    -- of the message that started it: one instance at a time for a key
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX process_instances_by_key ON process_instances (tenant_id, business_key);
CREATE INDEX process_instances_by_process ON process_instances (tenant_id, process_id, state, id);
CREATE INDEX process_instances_by_parent ON process_instances (tenant_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE UNIQUE INDEX process_instances_by_start_key ON process_instances (tenant_id, process_id, start_key)
    WHERE state = 'active' AND start_key IS NOT NULL;

-- What instances wait for. `number` tells things of one instance apart; the engine counts it.
CREATE TABLE process_tasks (
    tenant_id         TEXT   NOT NULL,
    id                TEXT   NOT NULL,
    instance_id       TEXT   NOT NULL,
    number            BIGINT NOT NULL,
    business_key      TEXT   NOT NULL,
    process_id        TEXT   NOT NULL,
    element           TEXT   NOT NULL,
    name              TEXT   NOT NULL,
    form              TEXT   NOT NULL,
    assignee          TEXT   NOT NULL,
    candidate_groups  TEXT   NOT NULL,  -- a JSON array
    candidate_users   TEXT   NOT NULL,  -- a JSON array
    priority          BIGINT NOT NULL,
    due_at            BIGINT,
    follow_up_at      BIGINT,
    created_at        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, instance_id, number),
    FOREIGN KEY (tenant_id, instance_id) REFERENCES process_instances (tenant_id, id)
);
CREATE INDEX process_tasks_by_key ON process_tasks (tenant_id, business_key);

CREATE TABLE process_jobs (
    tenant_id    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    instance_id  TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    type         TEXT   NOT NULL,
    element      TEXT   NOT NULL,
    headers      TEXT   NOT NULL,  -- a JSON object
    variables    TEXT   NOT NULL,  -- a JSON object: what the element saw when the job came
    token        TEXT   NOT NULL,  -- the worker's idempotency key
    retries      BIGINT NOT NULL,
    failures     BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,  -- while somebody works on it: when the lock runs out
    worker       TEXT   NOT NULL,  -- who had it last
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, instance_id, number),
    FOREIGN KEY (tenant_id, instance_id) REFERENCES process_instances (tenant_id, id)
);
CREATE INDEX process_jobs_by_due ON process_jobs (type, tenant_id, due_at, id);

CREATE TABLE process_timers (
    tenant_id    TEXT   NOT NULL,
    instance_id  TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, instance_id, number),
    FOREIGN KEY (tenant_id, instance_id) REFERENCES process_instances (tenant_id, id)
);
CREATE INDEX process_timers_by_due ON process_timers (due_at, tenant_id, instance_id, number);

CREATE TABLE process_subscriptions (
    tenant_id        TEXT   NOT NULL,
    instance_id      TEXT   NOT NULL,
    number           BIGINT NOT NULL,
    process_id       TEXT   NOT NULL,
    kind             TEXT   NOT NULL CHECK (kind IN ('message', 'signal')),
    name             TEXT   NOT NULL,
    correlation_key  TEXT   NOT NULL,
    created_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, instance_id, number),
    FOREIGN KEY (tenant_id, instance_id) REFERENCES process_instances (tenant_id, id)
);
CREATE INDEX process_subscriptions_by_name
    ON process_subscriptions (tenant_id, kind, name, correlation_key, created_at, instance_id);

-- Messages that wait for a process, and those whose id must still be recognised.
CREATE TABLE process_messages (
    tenant_id        TEXT   NOT NULL,
    id               TEXT   NOT NULL,
    name             TEXT   NOT NULL,
    correlation_key  TEXT   NOT NULL,
    message_id       TEXT,
    variables        TEXT   NOT NULL,  -- a JSON object
    expires_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name, correlation_key, message_id)
);
CREATE INDEX process_messages_by_expiry ON process_messages (expires_at);

-- One message reaches one instance of each process.
CREATE TABLE process_deliveries (
    tenant_id   TEXT NOT NULL,
    message     TEXT NOT NULL,
    process_id  TEXT NOT NULL,
    PRIMARY KEY (tenant_id, message, process_id),
    FOREIGN KEY (tenant_id, message) REFERENCES process_messages (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE process_incidents (
    tenant_id    TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    instance_id  TEXT   NOT NULL,
    number       BIGINT NOT NULL,
    element      TEXT   NOT NULL,
    element_name TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    message      TEXT   NOT NULL,
    raised_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, instance_id, number),
    FOREIGN KEY (tenant_id, instance_id) REFERENCES process_instances (tenant_id, id)
);

-- What happened, some entries a row: those of one transaction.
CREATE TABLE process_trail (
    tenant_id    TEXT   NOT NULL,
    instance_id  TEXT   NOT NULL,
    revision     BIGINT NOT NULL,  -- of the instance that they led to
    entries      TEXT   NOT NULL,  -- a JSON array
    PRIMARY KEY (tenant_id, instance_id, revision)
);
