CREATE TABLE "email_tones" (
	"tenant_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"tone" text NOT NULL,
	"set_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "email_tones_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "email_tones" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "analyses" (
	"tenant_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"asked_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "analyses_tenant_id_call_id_request_id_pk" PRIMARY KEY("tenant_id","call_id","request_id")
);
--> statement-breakpoint
ALTER TABLE "analyses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "kept_share" double precision;--> statement-breakpoint
CREATE INDEX "changes_kept" ON "changes" USING btree ("tenant_id","decided_at") WHERE kept_share is not null;--> statement-breakpoint
CREATE POLICY "own_rows" ON "email_tones" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "analyses" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with a tenant or a call.
alter table email_tones force row level security;
--> statement-breakpoint
alter table analyses force row level security;
--> statement-breakpoint
grant select, insert, update, delete on email_tones to ros_app;
--> statement-breakpoint
grant select, insert on analyses to ros_app;
--> statement-breakpoint
alter table email_tones add constraint email_tones_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint
alter table analyses add constraint analyses_call foreign key (tenant_id, call_id) references calls (tenant_id, id) on delete cascade;
