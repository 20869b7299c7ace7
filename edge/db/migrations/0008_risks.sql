CREATE TABLE "deal_signs" (
	"tenant_id" uuid NOT NULL,
	"record_object" text NOT NULL,
	"record_id" text NOT NULL,
	"signs" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"won" boolean,
	CONSTRAINT "deal_signs_tenant_id_record_object_record_id_pk" PRIMARY KEY("tenant_id","record_object","record_id")
);
--> statement-breakpoint
ALTER TABLE "deal_signs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "risks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"record_object" text NOT NULL,
	"record_id" text NOT NULL,
	"code" text NOT NULL,
	"basis" text NOT NULL,
	"state" text NOT NULL,
	"text" text NOT NULL,
	"severity" text NOT NULL,
	"confidence" double precision NOT NULL,
	"is_deterministic" boolean DEFAULT false NOT NULL,
	"evidence" jsonb NOT NULL,
	"quotes" uuid[] NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"verdict" text,
	"reason" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"request_id" uuid,
	CONSTRAINT "risks_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "risks_once" UNIQUE("tenant_id","record_object","record_id","code","basis")
);
--> statement-breakpoint
ALTER TABLE "risks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "own_rows" ON "deal_signs" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "risks" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE and grants.
alter table risks force row level security;
--> statement-breakpoint
alter table deal_signs force row level security;
--> statement-breakpoint
grant select, insert, update, delete on risks to ros_app;
--> statement-breakpoint
grant select, insert, update, delete on deal_signs to ros_app;
