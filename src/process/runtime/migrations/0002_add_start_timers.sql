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
