CREATE TABLE "guidance_marks" (
	"tenant_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"mark_id" uuid NOT NULL,
	"at_ms" integer NOT NULL,
	"marked_by" text NOT NULL,
	CONSTRAINT "guidance_marks_tenant_id_call_id_mark_id_pk" PRIMARY KEY("tenant_id","call_id","mark_id")
);
--> statement-breakpoint
ALTER TABLE "guidance_marks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "own_rows" ON "guidance_marks" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with a call.
alter table guidance_marks force row level security;
--> statement-breakpoint
grant select, insert, delete on guidance_marks to ros_app;
--> statement-breakpoint
alter table guidance_marks add constraint guidance_marks_call foreign key (tenant_id, call_id) references calls (tenant_id, id) on delete cascade;
--> statement-breakpoint

-- Of a call that is erased or destroyed nothing is kept, however late it comes.
create trigger stay_erased before insert on guidance_marks for each row execute function stay_erased();
--> statement-breakpoint
create function guidance_marks_go() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from guidance_marks g where g.tenant_id = new.tenant_id and g.call_id = new.id;
  return new;
end $$;
--> statement-breakpoint
create trigger guidance_marks_go after update of erased_at on calls for each row
  when (new.erased_at is not null and old.erased_at is null) execute function guidance_marks_go();
