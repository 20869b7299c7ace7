import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, 'migrations');
const later = readdirSync(folder).filter((name) => /^\d{4}_.*\.sql$/.test(name) && name > '0002');

test.each(later)('%s leaves the version that still runs working', (name) => {
  // docs/decisions/0012-deploys.md says how to do it in two steps.
  expect(breaks(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
});

test.each<[string, string[]]>([
  ['ALTER TABLE "changes" DROP COLUMN "body";', ['ALTER TABLE "changes" DROP COLUMN "body"']],
  ['alter table changes\n  drop column if exists body;', ['alter table changes drop column if exists body']],
  ['DROP TABLE "touches";', ['DROP TABLE "touches"']],
  ['ALTER TABLE "changes" RENAME COLUMN "body" TO "content";', ['ALTER TABLE "changes" RENAME COLUMN "body" TO "content"']],
  ['ALTER TABLE "changes" ADD COLUMN "x" text NOT NULL;', ['ALTER TABLE "changes" ADD COLUMN "x" text NOT NULL']],
  ['ALTER TABLE "changes" ALTER COLUMN "call_id" SET NOT NULL;', ['ALTER TABLE "changes" ALTER COLUMN "call_id" SET NOT NULL']],
  ['ALTER TABLE "changes" ALTER COLUMN "x" SET DATA TYPE integer;', ['ALTER TABLE "changes" ALTER COLUMN "x" SET DATA TYPE integer']],
  ['drop function stuck_calls(timestamptz, int);', ['drop function stuck_calls(timestamptz, int)']],
  ['revoke select on calls from ros_app;', ['revoke select on calls from ros_app']],
  ['ALTER TABLE "changes" ADD COLUMN "x" text DEFAULT \'a\' NOT NULL;', []],
  ['ALTER TABLE "changes" ADD COLUMN "x" text;', []],
  ['ALTER TABLE "changes" ALTER COLUMN "call_id" DROP NOT NULL;', []],
  ['CREATE TABLE "a" ("tenant_id" uuid NOT NULL);', []],
  ['revoke ros_system from current_user;', []],
  ['-- contract: nothing has read it since 0007\nALTER TABLE "changes" DROP COLUMN "body";', []],
  ['-- It does not drop column by column.\nselect 1;', []],
])('%j', (statement, broken) => {
  expect(breaks(statement)).toEqual(broken);
});

test('a marker is for its own statement only', () => {
  expect(breaks('-- contract: gone\nALTER TABLE "a" DROP COLUMN "b";\n--> statement-breakpoint\nALTER TABLE "a" DROP COLUMN "c";')).toEqual(
    ['ALTER TABLE "a" DROP COLUMN "c"'],
  );
});

/** Statements after which the version that runs until the deploy, or comes back by a rollback, would fail. */
function breaks(migration: string): string[] {
  return migration
    .split(/--> statement-breakpoint|;\s*(?:\n|$)/)
    .filter((statement) => !/^\s*-- contract: \S/m.test(statement))
    .map((statement) => statement.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim())
    .filter((statement) => taking.some((way) => way.test(statement)) || (needing.test(statement) && !/\bdefault\b/i.test(statement)));
}

const taking = [
  /^alter table .*\b(drop column|rename|set not null|set data type|drop default)\b/i,
  /^drop (table|function|view|type)\b/i,
  /^revoke .* from ros_app$/i,
];
const needing = /^alter table .*\badd column\b.*\bnot null\b/i;
