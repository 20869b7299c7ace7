CREATE TABLE "crm_fields" (
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"record_object" text NOT NULL,
	"record_id" text NOT NULL,
	"field" text NOT NULL,
	"wrote_hash" text,
	"wrote_at" timestamp with time zone,
	"seen_hash" text,
	"seen_at" timestamp with time zone,
	"seen_by" text,
	CONSTRAINT "crm_fields_tenant_id_connection_id_record_object_record_id_field_pk" PRIMARY KEY("tenant_id","connection_id","record_object","record_id","field")
);
--> statement-breakpoint
ALTER TABLE "crm_fields" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cursors" (
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"name" text NOT NULL,
	"value" text NOT NULL,
	"moved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cursors_tenant_id_connection_id_name_pk" PRIMARY KEY("tenant_id","connection_id","name")
);
--> statement-breakpoint
ALTER TABLE "cursors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "matches" (
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"address_hash" text NOT NULL,
	"record_id" text NOT NULL,
	"chosen_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "matches_tenant_id_connection_id_address_hash_pk" PRIMARY KEY("tenant_id","connection_id","address_hash")
);
--> statement-breakpoint
ALTER TABLE "matches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "policies" (
	"tenant_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"policy" text NOT NULL,
	"mode" text,
	"set_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policies_tenant_id_subject_pk" PRIMARY KEY("tenant_id","subject")
);
--> statement-breakpoint
ALTER TABLE "policies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "changes" ALTER COLUMN "call_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "confidence" double precision DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "parked_why" text;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "asks" jsonb;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "wrote" jsonb;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "written_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "undoes" uuid;--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "next_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "changes_by_state" ON "changes" USING btree ("tenant_id","connection_id","state");--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_undoes" UNIQUE("tenant_id","undoes");--> statement-breakpoint
CREATE POLICY "own_rows" ON "crm_fields" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "cursors" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "matches" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "policies" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with its tenant.
do $$
declare name text;
begin
  foreach name in array array['crm_fields', 'policies', 'matches', 'cursors'] loop
    execute format('alter table %I force row level security', name);
    execute format('grant select, insert, update, delete on %I to ros_app', name);
    execute format('alter table %I add constraint %I foreign key (tenant_id) references tenants (tenant_id) on delete cascade', name, name || '_tenant');
  end loop;
end $$;
