CREATE TABLE "alerts" (
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"level" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alerts_tenant_id_name_pk" PRIMARY KEY("tenant_id","name")
);
--> statement-breakpoint
ALTER TABLE "alerts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "own_rows" ON "alerts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and the indexes of what looks across tenants.
alter table alerts force row level security;
--> statement-breakpoint
grant select, insert, update, delete on alerts to ros_app;
--> statement-breakpoint
create index changes_by_written_at on changes (written_at) where written_at is not null;
--> statement-breakpoint
create index changes_parked on changes (tenant_id) where state = 'parked';
--> statement-breakpoint
create index audit_parked on audit (at) where action = 'change-parked';
--> statement-breakpoint
create index inbox_waits on inbox (created_at) where state = 'new';
--> statement-breakpoint

-- What ros_system sees for it: when and how often, never what was said or whose it is by name.
create policy system_reads on audit for select to ros_system using (true);
--> statement-breakpoint
create policy system_reads on tenant_keys for select to ros_system using (true);
--> statement-breakpoint
grant select (action, at, detail) on audit to ros_system;
--> statement-breakpoint
grant select (kek_kid) on tenant_keys to ros_system;
--> statement-breakpoint
grant select (ended_at, source) on calls to ros_system;
--> statement-breakpoint
grant select (call_id, kind, attempts, created_at, decided_at, written_at) on changes to ros_system;
--> statement-breakpoint

-- One row of counts and ages over all tenants. A change that a person decided on waits from then on.
create function watch_figures(p_now timestamptz) returns table (
  due bigint, due_oldest_s double precision, outbox_p99_s double precision, held bigint, held_oldest_s double precision,
  lags bigint, lag_p50_s double precision, lag_p95_s double precision, lag_max_s double precision,
  tries bigint, failed_tries bigint, parked jsonb, parked_in_all bigint, calls_open bigint, calls_oldest_s double precision,
  inbox_open bigint, inbox_oldest_s double precision, needs_reconnect bigint
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with unsent as materialized (
    select extract(epoch from p_now - coalesce(w.decided_at, w.created_at))::float8 as age_s, c.state = 'connected' as goes, w.attempts,
      case w.state when 'writing' then w.attempts - 1 else w.attempts end as failed
    from changes w join connections c on c.tenant_id = w.tenant_id and c.id = w.connection_id
    where w.state in ('due', 'writing')
  ),
  sent as materialized (
    select w.tenant_id, w.call_id, w.kind, w.decided_at, w.written_at, greatest(w.attempts, 1) as attempts,
      extract(epoch from w.written_at - coalesce(w.decided_at, w.created_at))::float8 as age_s
    from changes w where w.written_at > p_now - interval '1 hour'
  ),
  -- Only the telephone tells us when it was hung up; what is handed over may be of yesterday.
  lag as (
    select greatest(0, extract(epoch from s.written_at - l.ended_at))::float8 as lag_s
    from sent s join calls l on l.tenant_id = s.tenant_id and l.id = s.call_id
    where s.kind = 'log-call' and s.decided_at is null and l.source = 'twilio' and l.ended_at is not null
  ),
  unheard as (select extract(epoch from p_now - c.moved_at)::float8 as age_s from calls c where c.status in ('ended', 'transcribed')),
  unread as (select extract(epoch from p_now - i.created_at)::float8 as age_s from inbox i where i.state = 'new')
  select
    (select count(*) from unsent where goes), (select max(age_s) from unsent where goes),
    (select percentile_cont(0.99) within group (order by age_s) from (select age_s from unsent where goes union all select age_s from sent) ages),
    (select count(*) from unsent where not goes), (select max(age_s) from unsent where not goes),
    (select count(*) from lag), (select percentile_cont(0.5) within group (order by lag_s) from lag),
    (select percentile_cont(0.95) within group (order by lag_s) from lag), (select max(lag_s) from lag),
    (select coalesce(sum(attempts), 0)::bigint from (select attempts from unsent union all select attempts from sent) all_tries),
    (select coalesce(sum(failed), 0)::bigint from (select failed from unsent union all select attempts - 1 from sent) bad_tries),
    (select coalesce(jsonb_object_agg(why, n), '{}') from (
      select a.detail ->> 'why' as why, count(*) as n from audit a
      where a.action = 'change-parked' and a.at > p_now - interval '1 hour' and a.detail ->> 'why' is not null group by 1) parked_by),
    (select count(*) from changes w where w.state = 'parked'),
    (select count(*) from unheard), (select max(age_s) from unheard),
    (select count(*) from unread), (select max(age_s) from unread),
    (select count(*) from connections c where c.state = 'needs-reconnect')
$$;
--> statement-breakpoint
create function masters_in_use() returns table (kek_kid text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct k.kek_kid from tenant_keys k
$$;
--> statement-breakpoint
grant create on schema public to ros_system;
--> statement-breakpoint
grant ros_system to current_user;
--> statement-breakpoint
do $$
declare it regprocedure;
begin
  for it in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname in ('watch_figures', 'masters_in_use')
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
