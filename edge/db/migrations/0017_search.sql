CREATE TABLE "said_meanings" (
	"tenant_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"maker" text NOT NULL,
	"signs" bit(256) DEFAULT B'0'::bit(256) NOT NULL,
	CONSTRAINT "said_meanings_tenant_id_call_id_seq_pk" PRIMARY KEY("tenant_id","call_id","seq")
);
--> statement-breakpoint
ALTER TABLE "said_meanings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "said_words" (
	"tenant_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"word" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"seqs" integer[] NOT NULL,
	CONSTRAINT "said_words_tenant_id_call_id_word_pk" PRIMARY KEY("tenant_id","call_id","word")
);
--> statement-breakpoint
ALTER TABLE "said_words" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "utterances_words";--> statement-breakpoint
ALTER TABLE "facts" ADD COLUMN "first_evidence" jsonb;--> statement-breakpoint
ALTER TABLE "facts" ADD COLUMN "first_call_id" uuid;--> statement-breakpoint
CREATE INDEX "said_words_newest" ON "said_words" USING btree ("tenant_id","word","at");--> statement-breakpoint
CREATE INDEX "calls_by_time" ON "calls" USING btree ("tenant_id","started_at","id");--> statement-breakpoint
CREATE INDEX "calls_by_rep" ON "calls" USING btree ("tenant_id","rep_id","started_at","id");--> statement-breakpoint
CREATE POLICY "own_rows" ON "said_meanings" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "own_rows" ON "said_words" AS PERMISSIVE FOR ALL TO public USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint

-- What drizzle does not know: FORCE, grants, and what goes with a call.
alter table said_words force row level security;
--> statement-breakpoint
alter table said_meanings force row level security;
--> statement-breakpoint
grant select, insert, delete on said_words, said_meanings to ros_app;
--> statement-breakpoint
alter table said_words add constraint said_words_call foreign key (tenant_id, call_id) references calls (tenant_id, id) on delete cascade;
--> statement-breakpoint
alter table said_meanings add constraint said_meanings_call foreign key (tenant_id, call_id) references calls (tenant_id, id) on delete cascade;
--> statement-breakpoint

-- Of a call that is erased or destroyed nothing is found any more, however late it comes.
create trigger stay_erased before insert on said_words for each row execute function stay_erased();
--> statement-breakpoint
create trigger stay_erased before insert on said_meanings for each row execute function stay_erased();
--> statement-breakpoint
create function said_goes() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from said_words w where w.tenant_id = new.tenant_id and w.call_id = new.id;
  delete from said_meanings m where m.tenant_id = new.tenant_id and m.call_id = new.id;
  update facts f set first_evidence = null, first_call_id = null where f.tenant_id = new.tenant_id and f.first_call_id = new.id;
  return new;
end $$;
--> statement-breakpoint
create trigger said_goes after update of erased_at on calls for each row
  when (new.erased_at is not null and old.erased_at is null) execute function said_goes();
--> statement-breakpoint

-- The same of a fact's first saying, which names a call of its own.
create function facts_first_stays_erased() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from calls c where c.tenant_id = new.tenant_id and c.id = new.first_call_id and c.erased_at is not null;
  if found then
    new.first_evidence := null;
    new.first_call_id := null;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger first_stays_erased before insert or update of first_call_id on facts for each row
  when (new.first_call_id is not null) execute function facts_first_stays_erased();
