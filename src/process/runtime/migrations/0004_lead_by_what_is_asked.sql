-- Indexes beside the primary keys begin with what is asked for, not with the tenant: a planner that knows
-- nothing of a table yet takes any index that begins with the tenant for as good as the primary key, and then
-- reads the tenant's rows one by one.
DROP INDEX process_instances_by_key;
CREATE INDEX process_instances_by_key ON process_instances (business_key, tenant_id);
DROP INDEX process_instances_by_process;
CREATE INDEX process_instances_by_process ON process_instances (process_id, tenant_id, state, id);
DROP INDEX process_instances_by_parent;
CREATE INDEX process_instances_by_parent ON process_instances (parent_id, tenant_id) WHERE parent_id IS NOT NULL;
DROP INDEX process_instances_by_start_key;
CREATE UNIQUE INDEX process_instances_by_start_key ON process_instances (process_id, start_key, tenant_id)
    WHERE state = 'active' AND start_key IS NOT NULL;
DROP INDEX process_instances_active;
CREATE INDEX process_instances_active ON process_instances (process_id, tenant_id) WHERE state = 'active';
DROP INDEX process_tasks_by_key;
CREATE INDEX process_tasks_by_key ON process_tasks (business_key, tenant_id);
DROP INDEX process_subscriptions_by_name;
CREATE INDEX process_subscriptions_by_name
    ON process_subscriptions (name, tenant_id, kind, correlation_key, created_at, instance_id);
