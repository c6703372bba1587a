-- When the newest version of a process is started next by a timer of its own, in the tenant that deployed it.
CREATE TABLE process_start_timers (
    tenant_id    TEXT   NOT NULL,
    process_id   TEXT   NOT NULL,
    element      TEXT   NOT NULL,
    part         BIGINT NOT NULL,  -- which of the element's events
    due_at       BIGINT NOT NULL,
    cycle        TEXT   NOT NULL,  -- empty unless it repeats
    repetitions  BIGINT NOT NULL,  -- left after the next one, -1 for ever
    PRIMARY KEY (tenant_id, process_id, element, part)
);
CREATE INDEX process_start_timers_by_due ON process_start_timers (due_at);

-- A version by one number, as worker clients name it. Those that were there get theirs from the time and the
-- order of their deployment.
ALTER TABLE process_definitions ADD COLUMN definition_key TEXT NOT NULL DEFAULT '';
UPDATE process_definitions SET definition_key = CAST(deployed_at * 100000 + (
    SELECT count(*) FROM process_definitions other
    WHERE (other.tenant_id, other.kind, other.definition_id, other.version)
        < (process_definitions.tenant_id, process_definitions.kind, process_definitions.definition_id,
           process_definitions.version)) AS TEXT);
CREATE UNIQUE INDEX process_definitions_by_key ON process_definitions (definition_key);
