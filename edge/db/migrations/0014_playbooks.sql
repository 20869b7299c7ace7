CREATE TABLE "playbooks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"enabled" boolean NOT NULL,
	"packs" jsonb NOT NULL,
	"moments" jsonb NOT NULL,
	"assigned" jsonb NOT NULL,
	"request_id" uuid NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "playbooks_tenant_id_id_version_pk" PRIMARY KEY("tenant_id","id","version"),
	CONSTRAINT "playbooks_request" UNIQUE("tenant_id","request_id")
);
--> statement-breakpoint
ALTER TABLE "playbooks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "own_rows" ON "playbooks" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with a tenant. A version is never changed.
alter table playbooks force row level security;
--> statement-breakpoint
grant select, insert on playbooks to ros_app;
--> statement-breakpoint
alter table playbooks add constraint playbooks_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
