CREATE TABLE "guidance_cards" (
	"tenant_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"card_id" text NOT NULL,
	"rule_id" text NOT NULL,
	"rule" text NOT NULL,
	"topic" text NOT NULL,
	"rep_id" text NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_acted_on" boolean NOT NULL,
	"speech_ms" integer,
	"presses" jsonb NOT NULL,
	CONSTRAINT "guidance_cards_tenant_id_call_id_card_id_pk" PRIMARY KEY("tenant_id","call_id","card_id")
);
--> statement-breakpoint
ALTER TABLE "guidance_cards" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "guidance_reps" (
	"tenant_id" uuid NOT NULL,
	"rep_id" text NOT NULL,
	"quiet" text,
	"never" text[] NOT NULL,
	"said_at" timestamp with time zone NOT NULL,
	CONSTRAINT "guidance_reps_tenant_id_rep_id_pk" PRIMARY KEY("tenant_id","rep_id")
);
--> statement-breakpoint
ALTER TABLE "guidance_reps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "guidance_rules" (
	"tenant_id" uuid NOT NULL,
	"rule_id" text NOT NULL,
	"aside_at" timestamp with time zone,
	"shown" integer NOT NULL,
	"dismissed" integer NOT NULL,
	"restored_at" timestamp with time zone,
	CONSTRAINT "guidance_rules_tenant_id_rule_id_pk" PRIMARY KEY("tenant_id","rule_id")
);
--> statement-breakpoint
ALTER TABLE "guidance_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "guidance_cards_of_rep" ON "guidance_cards" USING btree ("tenant_id","rep_id","at");--> statement-breakpoint
CREATE INDEX "guidance_cards_of_rule" ON "guidance_cards" USING btree ("tenant_id","rule_id","at");--> statement-breakpoint
CREATE POLICY "own_rows" ON "guidance_cards" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "guidance_reps" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "guidance_rules" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with a call or a tenant.
alter table guidance_cards force row level security;
--> statement-breakpoint
alter table guidance_rules force row level security;
--> statement-breakpoint
alter table guidance_reps force row level security;
--> statement-breakpoint
grant select, insert, delete on guidance_cards to ros_app;
--> statement-breakpoint
grant select, insert, update on guidance_rules, guidance_reps to ros_app;
--> statement-breakpoint
alter table guidance_cards add constraint guidance_cards_call foreign key (tenant_id, call_id) references calls (tenant_id, id) on delete cascade;
--> statement-breakpoint
alter table guidance_rules add constraint guidance_rules_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint
alter table guidance_reps add constraint guidance_reps_tenant foreign key (tenant_id) references tenants (tenant_id) on delete cascade;
--> statement-breakpoint

-- Of a call that is erased or destroyed nothing is kept, however late it comes.
create trigger stay_erased before insert on guidance_cards for each row execute function stay_erased();
--> statement-breakpoint
create function guidance_cards_go() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from guidance_cards g where g.tenant_id = new.tenant_id and g.call_id = new.id;
  return new;
end $$;
--> statement-breakpoint
create trigger guidance_cards_go after update of erased_at on calls for each row
  when (new.erased_at is not null and old.erased_at is null) execute function guidance_cards_go();
