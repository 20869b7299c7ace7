CREATE TABLE "changes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"call_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"op_key" text NOT NULL,
	"kind" text NOT NULL,
	"record_object" text NOT NULL,
	"record_id" text NOT NULL,
	"also" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"policy" text NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"body" jsonb NOT NULL,
	"reason" text NOT NULL,
	"evidence" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"crm_id" text,
	"trouble" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"request_id" text,
	"ordinal" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "changes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "changes_op_key" UNIQUE("tenant_id","op_key")
);
--> statement-breakpoint
ALTER TABLE "changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calls" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"source" text NOT NULL,
	"external_id" text NOT NULL,
	"record_object" text,
	"record_id" text,
	"contact_id" text,
	"rep_id" text NOT NULL,
	"rep_email" text NOT NULL,
	"rep_name" text NOT NULL,
	"customer_name" text NOT NULL,
	"customer_email" text,
	"from_number" text,
	"to_number" text,
	"direction" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"duration_ms" integer,
	"time_zone" text NOT NULL,
	"status" text DEFAULT 'live' NOT NULL,
	"moved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"trouble" text,
	"consent" text DEFAULT 'unknown' NOT NULL,
	"is_private" boolean DEFAULT false NOT NULL,
	"audio_key" text,
	"upload_key" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	CONSTRAINT "calls_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "calls_external" UNIQUE("tenant_id","source","external_id")
);
--> statement-breakpoint
ALTER TABLE "calls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inbox" (
	"tenant_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"event_key" text NOT NULL,
	"body" jsonb NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_tenant_id_provider_event_key_pk" PRIMARY KEY("tenant_id","provider","event_key")
);
--> statement-breakpoint
ALTER TABLE "inbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "utterances" (
	"tenant_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"role" text NOT NULL,
	"speaker" text NOT NULL,
	"text" text NOT NULL,
	"start_ms" double precision NOT NULL,
	"end_ms" double precision NOT NULL,
	"confidence" double precision NOT NULL,
	CONSTRAINT "utterances_tenant_id_call_id_seq_pk" PRIMARY KEY("tenant_id","call_id","seq")
);
--> statement-breakpoint
ALTER TABLE "utterances" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "touches" (
	"tenant_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"rep_id" text NOT NULL,
	"person_object" text NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"minutes" double precision NOT NULL,
	"channel" text NOT NULL,
	CONSTRAINT "touches_tenant_id_call_id_rep_id_person_id_pk" PRIMARY KEY("tenant_id","call_id","rep_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "touches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "facts" (
	"tenant_id" uuid NOT NULL,
	"record_object" text NOT NULL,
	"record_id" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"text" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"call_id" uuid NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"heard_in" uuid[] NOT NULL,
	CONSTRAINT "facts_tenant_id_record_object_record_id_kind_key_pk" PRIMARY KEY("tenant_id","record_object","record_id","kind","key")
);
--> statement-breakpoint
ALTER TABLE "facts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "connections" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"provider" text NOT NULL,
	"external_id" text NOT NULL,
	"state" text DEFAULT 'connected' NOT NULL,
	"instance_url" text,
	"secret_sealed" text,
	"secret_expires_at" timestamp with time zone,
	"install_key_hash" text,
	"installer_id" text,
	"installer_email" text,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "connections_external" UNIQUE("provider","external_id")
);
--> statement-breakpoint
ALTER TABLE "connections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tenants" (
	"tenant_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"region" text DEFAULT 'us' NOT NULL,
	"time_zone" text NOT NULL,
	"competitors" text[] DEFAULT '{}'::text[] NOT NULL,
	"sharing" text DEFAULT 'team' NOT NULL,
	"minutes_per_month" integer DEFAULT 1000 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tickets" (
	"tenant_id" uuid NOT NULL,
	"hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"subject" text NOT NULL,
	"user" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "tickets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage" (
	"tenant_id" uuid NOT NULL,
	"month" text NOT NULL,
	"minutes" numeric DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_tenant_id_month_pk" PRIMARY KEY("tenant_id","month")
);
--> statement-breakpoint
ALTER TABLE "usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "insights" (
	"tenant_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"body" jsonb NOT NULL,
	"analyzer" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "insights_tenant_id_call_id_pk" PRIMARY KEY("tenant_id","call_id")
);
--> statement-breakpoint
ALTER TABLE "insights" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit" (
	"tenant_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "audit_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "changes_by_call" ON "changes" USING btree ("tenant_id","call_id","ordinal");--> statement-breakpoint
CREATE INDEX "changes_by_record" ON "changes" USING btree ("tenant_id","record_object","record_id");--> statement-breakpoint
CREATE INDEX "changes_to_send" ON "changes" USING btree ("tenant_id","connection_id","created_at") WHERE state in ('due', 'writing');--> statement-breakpoint
CREATE INDEX "calls_by_record" ON "calls" USING btree ("tenant_id","record_object","record_id","started_at");--> statement-breakpoint
CREATE INDEX "calls_by_contact" ON "calls" USING btree ("tenant_id","contact_id","started_at");--> statement-breakpoint
CREATE INDEX "calls_unfinished" ON "calls" USING btree ("moved_at") WHERE status in ('live', 'ended', 'transcribed') or next_at is not null;--> statement-breakpoint
CREATE INDEX "utterances_words" ON "utterances" USING gin (to_tsvector('simple'::regconfig, "text"));--> statement-breakpoint
CREATE INDEX "touches_by_rep" ON "touches" USING btree ("tenant_id","rep_id","at");--> statement-breakpoint
CREATE INDEX "touches_by_person" ON "touches" USING btree ("tenant_id","person_id","at");--> statement-breakpoint
CREATE INDEX "connections_by_provider" ON "connections" USING btree ("tenant_id","provider");--> statement-breakpoint
CREATE INDEX "audit_by_time" ON "audit" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE POLICY "own_rows" ON "changes" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "calls" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "inbox" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "utterances" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "touches" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "facts" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "connections" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "tenants" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "tickets" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "usage" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "insights" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "audit" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);