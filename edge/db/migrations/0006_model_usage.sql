CREATE TABLE "model_usage" (
	"tenant_id" uuid NOT NULL,
	"month" text NOT NULL,
	"tokens" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "model_usage_tenant_id_month_pk" PRIMARY KEY("tenant_id","month")
);
--> statement-breakpoint
ALTER TABLE "model_usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "own_rows" ON "model_usage" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, whose rows they are, and grants.
alter table model_usage force row level security;
--> statement-breakpoint
alter table model_usage add constraint model_usage_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint
grant select, insert, update on model_usage to ros_app;
