CREATE TABLE "phone_calls" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"rep_id" text NOT NULL,
	"rep_email" text NOT NULL,
	"rep_name" text NOT NULL,
	"rep_phone" text NOT NULL,
	"our_number" text NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"about" text,
	"record_object" text,
	"record_id" text,
	"contact_id" text,
	"request_id" uuid NOT NULL,
	"phase" text NOT NULL,
	"why" text,
	"step" integer DEFAULT 0 NOT NULL,
	"external_id" text,
	"started_at" timestamp with time zone NOT NULL,
	"talking_at" timestamp with time zone,
	"over_at" timestamp with time zone,
	CONSTRAINT "phone_calls_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "phone_calls_request" UNIQUE("tenant_id","rep_id","request_id")
);
--> statement-breakpoint
ALTER TABLE "phone_calls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rep_phones" (
	"tenant_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"number" text NOT NULL,
	CONSTRAINT "rep_phones_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "rep_phones" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "phone_calls_one" ON "phone_calls" USING btree ("tenant_id","rep_id") WHERE direction = 'out' and over_at is null;--> statement-breakpoint
CREATE INDEX "phone_calls_of_rep" ON "phone_calls" USING btree ("tenant_id","rep_id","started_at");--> statement-breakpoint
CREATE POLICY "own_rows" ON "phone_calls" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "rep_phones" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with a tenant.
alter table phone_calls force row level security;
--> statement-breakpoint
alter table rep_phones force row level security;
--> statement-breakpoint
grant select, insert, update, delete on phone_calls to ros_app;
--> statement-breakpoint
grant select, insert, update on rep_phones to ros_app;
--> statement-breakpoint
alter table phone_calls add constraint phone_calls_connection foreign key (tenant_id, connection_id) references connections (tenant_id, id) on delete cascade;
--> statement-breakpoint
alter table rep_phones add constraint rep_phones_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint

-- A call that is erased or destroyed is gone from the screens, too.
create function phone_call_goes() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from phone_calls p where p.tenant_id = new.tenant_id and p.id = new.id;
  return new;
end $$;
--> statement-breakpoint
create trigger phone_call_goes after update of erased_at on calls for each row
  when (new.erased_at is not null and old.erased_at is null) execute function phone_call_goes();
