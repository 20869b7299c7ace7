-- Who may do what, and where one tenant ends. Drizzle knows neither roles, FORCE, nor functions, so this part is written by hand.

-- ros_app is who every request becomes. ros_system owns the few functions that look across tenants, and nobody can become it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ros_app') then
    create role ros_app nologin nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'ros_system') then
    create role ros_system nologin nobypassrls;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of this server was quicker
end $$;
--> statement-breakpoint
grant ros_app to current_user;
--> statement-breakpoint
grant usage on schema public to ros_app, ros_system;
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['tenants', 'usage', 'connections', 'tickets', 'calls', 'utterances', 'inbox', 'insights', 'changes', 'facts', 'touches', 'audit'] loop
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
--> statement-breakpoint

-- Only what the stores do. Nothing is deleted but a transcript that is saved anew; what is written in audit stays.
grant select on tenants to ros_app;
--> statement-breakpoint
grant update (name, time_zone, competitors, sharing) on tenants to ros_app;
--> statement-breakpoint
grant select, insert, update on usage, connections, calls, inbox, insights, changes, facts to ros_app;
--> statement-breakpoint
grant select, insert, delete on utterances to ros_app;
--> statement-breakpoint
grant select, insert on touches, audit to ros_app;
--> statement-breakpoint
grant insert on tickets to ros_app;
--> statement-breakpoint

-- A row and what hangs on it have the same tenant, and go together.
do $$
declare name text;
begin
  foreach name in array array['usage', 'connections', 'tickets', 'calls', 'inbox', 'facts'] loop
    execute format('alter table %I add constraint %I foreign key (tenant_id) references tenants (tenant_id) on delete cascade', name, name || '_tenant');
  end loop;
  foreach name in array array['calls', 'changes'] loop
    execute format('alter table %I add constraint %I foreign key (tenant_id, connection_id) references connections (tenant_id, id)', name, name || '_connection');
  end loop;
  foreach name in array array['utterances', 'insights', 'changes', 'touches'] loop
    execute format('alter table %I add constraint %I foreign key (tenant_id, call_id) references calls (tenant_id, id) on delete cascade', name, name || '_call');
  end loop;
end $$;
--> statement-breakpoint

-- What ros_system sees, column by column: ids and the state of things, never what was said.
create policy system_all on tenants to ros_system using (true) with check (true);
--> statement-breakpoint
create policy system_all on connections to ros_system using (true) with check (true);
--> statement-breakpoint
create policy system_all on tickets to ros_system using (true) with check (true);
--> statement-breakpoint
create policy system_all on calls for select to ros_system using (true);
--> statement-breakpoint
create policy system_all on changes for select to ros_system using (true);
--> statement-breakpoint
create policy system_all on audit for insert to ros_system with check (true);
--> statement-breakpoint
grant select, insert, update on tenants, connections to ros_system;
--> statement-breakpoint
grant select, update on tickets to ros_system;
--> statement-breakpoint
grant select (tenant_id, id, status, moved_at, next_at) on calls to ros_system;
--> statement-breakpoint
grant select (tenant_id, connection_id, state, next_at, lease_until) on changes to ros_system;
--> statement-breakpoint
grant insert on audit to ros_system;
--> statement-breakpoint

create function install_connection(
  p_provider text, p_external_id text, p_name text, p_region text, p_time_zone text, p_instance_url text, p_secret text,
  p_secret_expires_at timestamptz, p_install_key_hash text, p_installer_id text, p_installer_email text, p_settings jsonb
) returns table (tenant_id uuid, connection_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_tenant uuid;
  v_connection uuid;
begin
  -- Two installs of one account at once must not make two tenants.
  perform pg_advisory_xact_lock(hashtextextended(p_provider || '/' || p_external_id, 1));
  select c.tenant_id, c.id into v_tenant, v_connection from connections c where c.provider = p_provider and c.external_id = p_external_id;
  if v_tenant is null then
    insert into tenants as t (name, region, time_zone) values (p_name, p_region, p_time_zone) returning t.tenant_id into v_tenant;
    insert into connections as c (tenant_id, provider, external_id, instance_url, secret_sealed, secret_expires_at, install_key_hash, installer_id, installer_email, settings)
      values (v_tenant, p_provider, p_external_id, p_instance_url, p_secret, p_secret_expires_at, p_install_key_hash, p_installer_id, p_installer_email, p_settings)
      returning c.id into v_connection;
  else
    update tenants t set name = p_name, time_zone = p_time_zone where t.tenant_id = v_tenant;
    update connections c set
      state = 'connected',
      instance_url = coalesce(p_instance_url, c.instance_url),
      secret_sealed = coalesce(p_secret, c.secret_sealed),
      secret_expires_at = case when p_secret is null then c.secret_expires_at else p_secret_expires_at end,
      install_key_hash = coalesce(p_install_key_hash, c.install_key_hash),
      installer_id = p_installer_id,
      installer_email = p_installer_email,
      settings = c.settings || p_settings
    where c.tenant_id = v_tenant and c.id = v_connection;
  end if;
  insert into audit (tenant_id, actor, action, subject, detail)
    values (v_tenant, p_installer_id, 'installed', v_connection::text, jsonb_build_object('provider', p_provider));
  return query select v_tenant, v_connection;
end $$;
--> statement-breakpoint
create function resolve_connection(p_provider text, p_external_id text) returns table (tenant_id uuid, connection_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.tenant_id, c.id from connections c where c.provider = p_provider and c.external_id = p_external_id
$$;
--> statement-breakpoint
create function resolve_install_key(p_org_id text, p_hash text) returns table (tenant_id uuid, connection_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.tenant_id, c.id from connections c where c.provider = 'salesforce' and c.external_id = p_org_id and c.install_key_hash = p_hash
$$;
--> statement-breakpoint
create function burn_ticket(p_hash text, p_now timestamptz) returns table (tenant_id uuid, purpose text, subject text, "user" jsonb)
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update tickets t set used_at = p_now
  where t.hash = p_hash and t.used_at is null and t.expires_at > p_now
  returning t.tenant_id, t.purpose, t.subject, t."user"
$$;
--> statement-breakpoint
create function stuck_calls(p_older_than timestamptz, p_limit int) returns table (tenant_id uuid, call_id uuid, status text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.tenant_id, c.id, c.status from calls c
  where (c.status in ('ended', 'transcribed') and greatest(c.moved_at, c.next_at) <= p_older_than)
     or (c.status = 'understood' and c.next_at <= p_older_than)
     or (c.status = 'live' and c.moved_at <= p_older_than - interval '4 hours')
  order by c.moved_at
  limit p_limit
$$;
--> statement-breakpoint
create function due_connections(p_now timestamptz) returns table (tenant_id uuid, connection_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct c.tenant_id, c.id from connections c
  join changes w on w.tenant_id = c.tenant_id and w.connection_id = c.id
  where c.state = 'connected'
    and ((w.state = 'due' and (w.next_at is null or w.next_at <= p_now)) or (w.state = 'writing' and w.lease_until <= p_now))
  limit 1000
$$;
--> statement-breakpoint

-- Hand the functions to ros_system. To own them it needs CREATE for a moment, and we must belong to it for as long;
-- a later migration that replaces one does the same again.
grant create on schema public to ros_system;
--> statement-breakpoint
grant ros_system to current_user;
--> statement-breakpoint
do $$
declare it regprocedure;
begin
  for it in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname in
    ('install_connection', 'resolve_connection', 'resolve_install_key', 'burn_ticket', 'stuck_calls', 'due_connections')
  loop
    execute format('revoke all on function %s from public', it);
    execute format('grant execute on function %s to ros_app', it);
    execute format('alter function %s owner to ros_system', it);
  end loop;
end $$;
--> statement-breakpoint
revoke ros_system from current_user;
--> statement-breakpoint
revoke create on schema public from ros_system;
