CREATE TABLE "tenant_keys" (
	"tenant_id" uuid NOT NULL,
	"kid" text NOT NULL,
	"kek_kid" text NOT NULL,
	"wrapped" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "tenant_keys_tenant_id_kid_pk" PRIMARY KEY("tenant_id","kid")
);
--> statement-breakpoint
ALTER TABLE "tenant_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "used_states" (
	"tenant_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "used_states_tenant_id_hash_pk" PRIMARY KEY("tenant_id","hash")
);
--> statement-breakpoint
ALTER TABLE "used_states" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "tenant_keys_in_use" ON "tenant_keys" USING btree ("tenant_id") WHERE retired_at is null;--> statement-breakpoint
CREATE POLICY "own_rows" ON "tenant_keys" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "used_states" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and that keys go with their tenant.
alter table tenant_keys force row level security;
--> statement-breakpoint
alter table used_states force row level security;
--> statement-breakpoint
grant select, insert, delete on tenant_keys, used_states to ros_app;
--> statement-breakpoint
grant update (kek_kid, wrapped, retired_at) on tenant_keys to ros_app;
--> statement-breakpoint
alter table tenant_keys add constraint tenant_keys_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint

-- Rotating keys goes through all tenants, a page at a time.
create function tenant_ids(p_after uuid, p_limit int) returns table (tenant_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select t.tenant_id from tenants t where t.tenant_id > p_after order by t.tenant_id limit p_limit
$$;
--> statement-breakpoint
grant create on schema public to ros_system;
--> statement-breakpoint
grant ros_system to current_user;
--> statement-breakpoint
revoke all on function tenant_ids from public;
--> statement-breakpoint
grant execute on function tenant_ids to ros_app;
--> statement-breakpoint
alter function tenant_ids owner to ros_system;
--> statement-breakpoint
revoke ros_system from current_user;
--> statement-breakpoint
revoke create on schema public from ros_system;
