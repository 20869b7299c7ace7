CREATE TABLE "intros" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"rep_id" text NOT NULL,
	"rep_name" text NOT NULL,
	"record_object" text NOT NULL,
	"record_id" text NOT NULL,
	"people" jsonb NOT NULL,
	"connector_key" text NOT NULL,
	"target_key" text NOT NULL,
	"score" double precision NOT NULL,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"cites" jsonb NOT NULL,
	"trail" jsonb NOT NULL,
	"due_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "intros_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "intros_request" UNIQUE("tenant_id","rep_id","request_id")
);
--> statement-breakpoint
ALTER TABLE "intros" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "people_out" (
	"tenant_id" uuid NOT NULL,
	"person_object" text NOT NULL,
	"person_id" text NOT NULL,
	"why" text NOT NULL,
	"hashes" text[] NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "people_out_tenant_id_person_object_person_id_pk" PRIMARY KEY("tenant_id","person_object","person_id")
);
--> statement-breakpoint
ALTER TABLE "people_out" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ties" (
	"tenant_id" uuid NOT NULL,
	"from_key" text NOT NULL,
	"to_key" text NOT NULL,
	"proof" text NOT NULL,
	"from_name" text NOT NULL,
	"to_name" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "ties_tenant_id_from_key_to_key_proof_pk" PRIMARY KEY("tenant_id","from_key","to_key","proof")
);
--> statement-breakpoint
ALTER TABLE "ties" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "intros_of_rep" ON "intros" USING btree ("tenant_id","rep_id","created_at");--> statement-breakpoint
CREATE INDEX "intros_of_connector" ON "intros" USING btree ("tenant_id","connector_key","created_at");--> statement-breakpoint
CREATE INDEX "intros_due" ON "intros" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "ties_to" ON "ties" USING btree ("tenant_id","to_key");--> statement-breakpoint
CREATE POLICY "own_rows" ON "intros" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "people_out" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "ties" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with a tenant.
alter table intros force row level security;
--> statement-breakpoint
alter table people_out force row level security;
--> statement-breakpoint
alter table ties force row level security;
--> statement-breakpoint
grant select, insert, update, delete on intros, ties to ros_app;
--> statement-breakpoint
-- Who is out stays out: a row is never taken back by a request.
grant select, insert on people_out to ros_app;
--> statement-breakpoint
alter table intros add constraint intros_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint
alter table people_out add constraint people_out_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint
alter table ties add constraint ties_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint

-- Nothing is learned any more of whoever is out, however late a job or a list comes with it.
create function touch_of_out() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from people_out o where o.tenant_id = new.tenant_id and o.person_object = new.person_object and o.person_id = new.person_id)
    then return null; end if;
  return new;
end $$;
--> statement-breakpoint
create trigger touch_of_out before insert on touches for each row execute function touch_of_out();
--> statement-breakpoint
create function tie_of_out() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from people_out o where o.tenant_id = new.tenant_id and o.person_object || '/' || o.person_id in (new.from_key, new.to_key))
    then return null; end if;
  return new;
end $$;
--> statement-breakpoint
create trigger tie_of_out before insert on ties for each row execute function tie_of_out();
--> statement-breakpoint

-- Their links go in the same moment. What an introduction came to is the rep's own history, unless the person is erased.
create function person_goes_out() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  k text := new.person_object || '/' || new.person_id;
begin
  delete from touches t where t.tenant_id = new.tenant_id and t.person_object = new.person_object and t.person_id = new.person_id;
  delete from ties t where t.tenant_id = new.tenant_id and k in (t.from_key, t.to_key);
  delete from intros i where i.tenant_id = new.tenant_id and i.people @> jsonb_build_array(jsonb_build_object('key', k))
    and (new.why = 'erased' or i.state in ('draft', 'requested', 'accepted', 'declined', 'expired', 'withdrawn'));
  return new;
end $$;
--> statement-breakpoint
create trigger person_goes_out after insert on people_out for each row execute function person_goes_out();
--> statement-breakpoint

-- Introductions that the clock has to look at, over all tenants.
grant select (tenant_id, id, due_at) on intros to ros_system;
--> statement-breakpoint
create policy system_all on intros for select to ros_system using (true);
--> statement-breakpoint
create function due_intros(p_now timestamptz, p_limit int) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.tenant_id, i.id from intros i where i.due_at <= p_now order by i.due_at limit p_limit
$$;
--> statement-breakpoint
grant create on schema public to ros_system;
--> statement-breakpoint
grant ros_system to current_user;
--> statement-breakpoint
revoke all on function due_intros(timestamptz, int) from public;
--> statement-breakpoint
grant execute on function due_intros(timestamptz, int) to ros_app;
--> statement-breakpoint
alter function due_intros(timestamptz, int) owner to ros_system;
--> statement-breakpoint
revoke ros_system from current_user;
--> statement-breakpoint
revoke create on schema public from ros_system;
