ALTER TABLE "calls" ADD COLUMN "account_id" uuid;--> statement-breakpoint

-- Bridged calls that are over, or that nobody can say anything of any more, over all tenants.
grant select (tenant_id, id, over_at, started_at), delete on phone_calls to ros_system;
--> statement-breakpoint
create policy system_all on phone_calls to ros_system using (true);
--> statement-breakpoint
create function prune_phone_calls(p_before timestamptz, p_limit int) returns table (pruned bigint)
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from phone_calls where (tenant_id, id) in (
      select p.tenant_id, p.id from phone_calls p
      where p.over_at < p_before or p.started_at < p_before - interval '1 day'
      limit p_limit
    ) returning 1
  )
  select count(*) from gone
$$;
--> statement-breakpoint
grant create on schema public to ros_system;
--> statement-breakpoint
grant ros_system to current_user;
--> statement-breakpoint
revoke all on function prune_phone_calls(timestamptz, int) from public;
--> statement-breakpoint
grant execute on function prune_phone_calls(timestamptz, int) to ros_app;
--> statement-breakpoint
alter function prune_phone_calls(timestamptz, int) owner to ros_system;
--> statement-breakpoint
revoke ros_system from current_user;
--> statement-breakpoint
revoke create on schema public from ros_system;
