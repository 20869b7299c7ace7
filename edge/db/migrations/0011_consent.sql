CREATE TABLE "capture_settings" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"never_record" jsonb,
	"consent" jsonb
);
--> statement-breakpoint
ALTER TABLE "capture_settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "missed" text;--> statement-breakpoint
CREATE POLICY "own_rows" ON "capture_settings" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with a tenant.
alter table capture_settings force row level security;
--> statement-breakpoint
grant select, insert, update on capture_settings to ros_app;
--> statement-breakpoint
alter table capture_settings add constraint capture_settings_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint

-- A change without what was said. Values of fields stay: they stand in the CRM, and without them nobody could take them back.
create function words_gone(p jsonb) returns jsonb
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select case p ->> 'kind'
    when 'log-call' then p || '{"title": "The call", "body": ""}'
    when 'add-note' then p || '{"body": ""}'
    when 'add-task' then p || '{"subject": "A task of the call", "body": ""}'
    when 'remove-activity' then p || '{"title": "An activity of the call"}'
    else p end
$$;
--> statement-breakpoint

-- Of a call that is erased or destroyed only what stands in the CRM is left, without its words, and what takes that back. Nothing of it
-- leaves any more: a write that was under way and comes back is over.
create function changes_stay_erased() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.call_id is null then
    return new;
  end if;
  perform 1 from calls c where c.tenant_id = new.tenant_id and c.id = new.call_id and c.erased_at is not null;
  if not found then
    return new;
  end if;
  if new.undoes is not null then
    -- Our words are gone, so the record cannot be compared with them; who touched it last is still asked.
    if new.kind = 'remove-activity' then
      new.wrote := null;
    end if;
    new.body := words_gone(new.body);
    return new;
  end if;
  if tg_op = 'INSERT' then
    return null;
  end if;
  if new.body ->> 'existing' is not null then
    -- Only our words could be taken out of another product's record, and we do not know them any more.
    new.crm_id := null;
  end if;
  if new.kind in ('log-call', 'add-note', 'add-task') then
    new.wrote := null;
  end if;
  new.body := words_gone(new.body);
  new.evidence := '[]';
  new.reason := 'The call was destroyed.';
  if new.state in ('waiting', 'due', 'approved', 'parked', 'shadow')
    -- Leased anew by a writer that never heard of the destroying.
    or (new.state = 'writing' and old.state = 'writing' and new.lease_until is distinct from old.lease_until)
  then
    new.state := 'superseded';
    new.trouble := 'The call was destroyed.';
    new.next_at := null;
    new.lease_until := null;
  end if;
  return new;
end $$;
--> statement-breakpoint
drop trigger stay_erased on changes;
--> statement-breakpoint
create trigger stay_erased before insert or update on changes for each row execute function changes_stay_erased();
--> statement-breakpoint

create function risks_stay_erased() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from calls c where c.tenant_id = new.tenant_id and c.id = any(new.quotes) and c.erased_at is not null;
  if found then
    return null;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger stay_erased before insert or update on risks for each row execute function risks_stay_erased();
