-- Jobs by priority: `rank_at` is `due_at` less a minute for each point, so that urgent work goes first and no
-- other waits for ever. `element_number` is that of the element instance in its process.
ALTER TABLE process_jobs ADD COLUMN priority BIGINT NOT NULL DEFAULT 0;
ALTER TABLE process_jobs ADD COLUMN rank_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE process_jobs ADD COLUMN element_number BIGINT NOT NULL DEFAULT 0;
UPDATE process_jobs SET rank_at = due_at;
DROP INDEX process_jobs_by_due;
CREATE INDEX process_jobs_by_rank ON process_jobs (type, tenant_id, rank_at, due_at, id);
ALTER TABLE process_tasks ADD COLUMN element_number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE process_incidents ADD COLUMN element_number BIGINT NOT NULL DEFAULT 0;

-- Values that are too large for an instance's snapshot; `name` says what they are.
CREATE TABLE process_values (
    tenant_id    TEXT  NOT NULL,
    instance_id  TEXT  NOT NULL,
    name         TEXT  NOT NULL,
    content      BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, instance_id, name),
    FOREIGN KEY (tenant_id, instance_id) REFERENCES process_instances (tenant_id, id)
);

-- The trace that the instance belongs to (W3C Trace Context), where whoever started it gave one.
ALTER TABLE process_instances ADD COLUMN trace_id TEXT;

-- When an instance that is over is forgotten, with its trail. Those that were over before are kept for 90 days.
-- `tend_at` is when it is looked at next: an hour after its end its trail is packed into one row.
ALTER TABLE process_instances ADD COLUMN forget_at BIGINT;
ALTER TABLE process_instances ADD COLUMN tend_at BIGINT;
UPDATE process_instances SET forget_at = ended_at + 7776000000, tend_at = ended_at + 3600000
    WHERE ended_at IS NOT NULL;
CREATE INDEX process_instances_by_tending ON process_instances (tend_at) WHERE tend_at IS NOT NULL;
ALTER TABLE process_trail ADD COLUMN packed BYTEA;  -- instead of `entries`, see packed_trail.hpp
CREATE INDEX process_instances_active ON process_instances (tenant_id, process_id) WHERE state = 'active';

-- Forms are deployed too, and a version that nothing runs on can be removed: its row stays for its history.
CREATE TABLE process_versions (
    tenant_id       TEXT   NOT NULL,
    kind            TEXT   NOT NULL CHECK (kind IN ('process', 'decision', 'form')),
    definition_id   TEXT   NOT NULL,
    version         BIGINT NOT NULL,
    name            TEXT   NOT NULL,
    version_tag     TEXT   NOT NULL,
    checksum        TEXT   NOT NULL,
    deployed_at     BIGINT NOT NULL,
    definition_key  TEXT   NOT NULL,
    removed_at      BIGINT,
    PRIMARY KEY (tenant_id, kind, definition_id, version),
    FOREIGN KEY (tenant_id, checksum) REFERENCES process_resources (tenant_id, checksum)
);
INSERT INTO process_versions (tenant_id, kind, definition_id, version, name, version_tag, checksum, deployed_at,
    definition_key)
SELECT tenant_id, kind, definition_id, version, name, version_tag, checksum, deployed_at, definition_key
FROM process_definitions;
DROP TABLE process_definitions;
ALTER TABLE process_versions RENAME TO process_definitions;
CREATE UNIQUE INDEX process_definitions_by_key ON process_definitions (tenant_id, definition_key);
