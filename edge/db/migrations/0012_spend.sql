CREATE TABLE "budget_notices" (
	"tenant_id" uuid NOT NULL,
	"month" text NOT NULL,
	"of" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budget_notices_tenant_id_month_of_state_pk" PRIMARY KEY("tenant_id","month","of","state")
);
--> statement-breakpoint
ALTER TABLE "budget_notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "budgets" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"speech_minutes" integer,
	"model_usd" numeric,
	"prices" jsonb
);
--> statement-breakpoint
ALTER TABLE "budgets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "spend" (
	"tenant_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"part" text NOT NULL,
	"month" text NOT NULL,
	"live_seconds" numeric DEFAULT 0 NOT NULL,
	"held_seconds" numeric DEFAULT 0 NOT NULL,
	"batch_seconds" numeric DEFAULT 0 NOT NULL,
	"whisper_seconds" numeric DEFAULT 0 NOT NULL,
	"tokens_in" bigint DEFAULT 0 NOT NULL,
	"tokens_out" bigint DEFAULT 0 NOT NULL,
	"tokens_cached" bigint DEFAULT 0 NOT NULL,
	"tokens_written" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "spend_tenant_id_call_id_part_pk" PRIMARY KEY("tenant_id","call_id","part")
);
--> statement-breakpoint
ALTER TABLE "spend" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "capture_settings" ADD COLUMN "words" jsonb;--> statement-breakpoint
ALTER TABLE "utterances" ADD COLUMN "unsure" jsonb;--> statement-breakpoint
CREATE INDEX "spend_by_month" ON "spend" USING btree ("tenant_id","month");--> statement-breakpoint
CREATE POLICY "own_rows" ON "budget_notices" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "budgets" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "spend" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, whose rows they are, and grants.
alter table spend force row level security;
--> statement-breakpoint
alter table budgets force row level security;
--> statement-breakpoint
alter table budget_notices force row level security;
--> statement-breakpoint
alter table spend add constraint spend_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint
alter table budgets add constraint budgets_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint
alter table budget_notices add constraint budget_notices_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint
grant select, insert, update on spend, budgets to ros_app;
--> statement-breakpoint
grant select, insert on budget_notices to ros_app;
