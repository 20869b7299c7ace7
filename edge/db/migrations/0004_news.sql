ALTER TABLE "calls" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "inbox_new" ON "inbox" USING btree ("tenant_id","created_at") WHERE state = 'new';--> statement-breakpoint

-- A customer's erasure takes whole rows; a merge moves touches from one person to another.
grant delete on changes, insights, facts, touches, inbox to ros_app;
--> statement-breakpoint
grant update on touches to ros_app;
--> statement-breakpoint

-- Nothing is written about a call whose customer was erased, however late it comes: the row is dropped, and nothing fails.
-- The share lock makes a write and an erasure take turns.
create function stay_erased() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.call_id is null then
    return new;
  end if;
  perform 1 from calls c where c.tenant_id = new.tenant_id and c.id = new.call_id and c.erased_at is not null for share;
  if found then
    return null;
  end if;
  return new;
end $$;
--> statement-breakpoint
do $$
declare name text;
begin
  foreach name in array array['utterances', 'insights', 'changes', 'facts', 'touches'] loop
    execute format('create trigger stay_erased before insert on %I for each row execute function stay_erased()', name);
  end loop;
end $$;
--> statement-breakpoint

-- What ros_system sees of the inbox and the cursors: whose they are and how old, never what came.
create policy system_all on inbox to ros_system using (true);
--> statement-breakpoint
create policy system_all on cursors to ros_system using (true) with check (true);
--> statement-breakpoint
grant select (tenant_id, provider, state, next_at, created_at), delete on inbox to ros_system;
--> statement-breakpoint
grant select (tenant_id, connection_id, name, moved_at), insert (tenant_id, connection_id, name, value, moved_at), update (moved_at) on cursors to ros_system;
--> statement-breakpoint
create function news_waits(p_providers text[], p_now timestamptz, p_limit int) returns table (tenant_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct i.tenant_id from inbox i
  where i.state = 'new' and i.provider = any(p_providers) and (i.next_at is null or i.next_at <= p_now)
  limit p_limit
$$;
--> statement-breakpoint
create function prune_inbox(p_before timestamptz) returns table (pruned bigint)
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (delete from inbox i where i.created_at < p_before returning 1) select count(*) from gone
$$;
--> statement-breakpoint

-- Connections whose round `p_name` is due; who is answered here has the round, so that two sweeps never both make it.
create function claim_rounds(p_name text, p_providers text[], p_now timestamptz, p_before timestamptz, p_limit int)
returns table (tenant_id uuid, connection_id uuid)
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into cursors as k (tenant_id, connection_id, name, value, moved_at)
  select c.tenant_id, c.id, p_name, '', p_now from connections c
  left join cursors last on last.tenant_id = c.tenant_id and last.connection_id = c.id and last.name = p_name
  where c.state = 'connected' and c.provider = any(p_providers) and (last.moved_at is null or last.moved_at <= p_before)
  order by last.moved_at nulls first
  limit p_limit
  on conflict (tenant_id, connection_id, name) do update set moved_at = excluded.moved_at where k.moved_at <= p_before
  returning k.tenant_id, k.connection_id
$$;
--> statement-breakpoint
grant create on schema public to ros_system;
--> statement-breakpoint
grant ros_system to current_user;
--> statement-breakpoint
do $$
declare it regprocedure;
begin
  for it in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname in
    ('news_waits', 'prune_inbox', 'claim_rounds')
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
