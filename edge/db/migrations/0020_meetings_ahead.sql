CREATE TABLE "meetings_ahead" (
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"meeting_id" text NOT NULL,
	"record_object" text NOT NULL,
	"record_id" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"host_id" text,
	"prepared_at" timestamp with time zone,
	"deal" jsonb,
	"reach" jsonb,
	CONSTRAINT "meetings_ahead_pk" PRIMARY KEY("tenant_id","connection_id","meeting_id","record_object","record_id")
);
--> statement-breakpoint
ALTER TABLE "meetings_ahead" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "meetings_ahead_by_record" ON "meetings_ahead" USING btree ("tenant_id","record_object","record_id","starts_at");--> statement-breakpoint
CREATE POLICY "own_rows" ON "meetings_ahead" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with a tenant.
alter table meetings_ahead force row level security;
--> statement-breakpoint
grant select, insert, update, delete on meetings_ahead to ros_app;
--> statement-breakpoint
alter table meetings_ahead add constraint meetings_ahead_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
