ALTER TABLE "changes" ADD COLUMN "shadow_saw" text;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "decided_name" text;--> statement-breakpoint

-- The watch sees letters that were set aside, and which calls wait for their CRM to be connected again.
grant select (connection_id) on calls to ros_system;
--> statement-breakpoint
create index audit_letters on audit (at) where action = 'letter-aside';
--> statement-breakpoint
grant create on schema public to ros_system;
--> statement-breakpoint
grant ros_system to current_user;
--> statement-breakpoint
-- contract: it is made again in the same transaction, with one more column that the version before does not read
drop function watch_figures(timestamptz);
--> statement-breakpoint

-- One row of counts and ages over all tenants. A change that a person decided on waits from then on.
create function watch_figures(p_now timestamptz) returns table (
  due bigint, due_oldest_s double precision, outbox_p99_s double precision, held bigint, held_oldest_s double precision,
  lags bigint, lag_p50_s double precision, lag_p95_s double precision, lag_max_s double precision,
  tries bigint, failed_tries bigint, parked jsonb, parked_in_all bigint, calls_open bigint, calls_oldest_s double precision,
  inbox_open bigint, inbox_oldest_s double precision, needs_reconnect bigint, letters_aside bigint
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
  -- What is understood and waits for its CRM to be connected again is nobody's failure but that connection's, which has its own alert.
  unheard as (select extract(epoch from p_now - c.moved_at)::float8 as age_s from calls c
    join connections n on n.tenant_id = c.tenant_id and n.id = c.connection_id
    where c.status = 'ended' or (c.status = 'transcribed' and n.state = 'connected')),
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
    (select count(*) from connections c where c.state = 'needs-reconnect'),
    (select count(*) from audit a where a.action = 'letter-aside' and a.at > p_now - interval '1 hour')
$$;
--> statement-breakpoint
revoke all on function watch_figures(timestamptz) from public;
--> statement-breakpoint
grant execute on function watch_figures(timestamptz) to ros_app;
--> statement-breakpoint
alter function watch_figures(timestamptz) owner to ros_system;
--> statement-breakpoint
revoke ros_system from current_user;
--> statement-breakpoint
revoke create on schema public from ros_system;
