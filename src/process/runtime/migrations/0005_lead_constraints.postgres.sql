-- For PostgreSQL only, as SQLite cannot change a constraint of a table and does not choose so: see 0004.
ALTER TABLE process_tasks DROP CONSTRAINT process_tasks_tenant_id_instance_id_number_key;
ALTER TABLE process_tasks ADD UNIQUE (instance_id, number, tenant_id);
ALTER TABLE process_jobs DROP CONSTRAINT process_jobs_tenant_id_instance_id_number_key;
ALTER TABLE process_jobs ADD UNIQUE (instance_id, number, tenant_id);
ALTER TABLE process_incidents DROP CONSTRAINT process_incidents_tenant_id_instance_id_number_key;
ALTER TABLE process_incidents ADD UNIQUE (instance_id, number, tenant_id);
ALTER TABLE process_messages DROP CONSTRAINT process_messages_tenant_id_name_correlation_key_message_id_key;
ALTER TABLE process_messages ADD UNIQUE (name, correlation_key, message_id, tenant_id);
