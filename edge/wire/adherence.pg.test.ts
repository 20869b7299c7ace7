import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import type { CallAdherenceView, PlaybookAdherenceView } from '../../shared/contracts/adherence.ts';
import { moment } from '../../shared/contracts/playbook.ts';
import { setCaptureSettings } from '../capture/consent/store.ts';
import { saveUtterances } from '../capture/store.ts';
import { databases, newCall, newTenant } from '../db/test-db.ts';
import * as books from '../guide/playbooks/store.ts';
import type { RosApp } from '../http/app.ts';
import type { Sight } from '../http/sight.ts';
import type { Parts } from '../parts.ts';
import { wireAdherence } from './adherence.ts';

const saved = new Date('2026-11-20T09:00:00.000Z');
const after = new Date('2026-11-21T09:00:00.000Z');
const agenda = moment.parse({
  id: 'agenda',
  name: 'Agenda',
  kind: 'question',
  headline: 'Agenda',
  say: 'Share it.',
  rule: { is: 'step', phrases: ['agenda for today'], said: 'rep', stage: 'opening' },
  enabled: true,
});
const rep = (id: string) => ({ repId: id, repEmail: `${id}@brightloop.example`, repName: id });

describe.each(databases)('adherence ($name)', ({ url }) => {
  async function open() {
    const owned = await newTenant(url);
    const { db, tenantId, connectionId } = owned;
    const hidden = new Set<string>();
    const sight = { calls: async (_, rows) => rows.filter((row) => !hidden.has((row as unknown as { id: string }).id)) } as Pick<
      Sight,
      'calls'
    >;
    const parts = { db, now: () => 0 } as unknown as Parts;
    const app = new Hono();
    // What is answered to a Problem is the app's own to say.
    app.onError((_, c) => c.body(null, 404));
    const as = { user: '' };
    app.use('*', async (c, next) => {
      (c as unknown as { set(name: string, value: unknown): void }).set('who', {
        tenantId,
        connectionId,
        host: 'hubspot',
        user: { id: as.user, email: `${as.user}@brightloop.example` },
      });
      await next();
    });
    wireAdherence(parts, sight as Sight)(app as unknown as RosApp);
    const get = async <T>(user: string, path: string) => {
      as.user = user;
      const answer = await app.request(path);
      return answer.status === 200 ? ((await answer.json()) as { ok: boolean; value: T }) : { ok: false, value: undefined as T };
    };
    const playbookId = randomUUID();
    const assigned = { everyone: true, teams: [], reps: [] };
    const playbook = { name: 'Discovery', enabled: true, packs: [], moments: [agenda], assigned };
    await books.savePlaybook(db, tenantId, { id: playbookId, from: 0, requestId: randomUUID(), by: '71', at: saved, playbook });
    const heard = async (id: string, text: string, startedAt = after) => {
      const callId = await newCall(owned, { ...rep(id), status: 'understood', startedAt });
      const said = { role: 'rep', speaker: id, startMs: 1_000, endMs: 4_000, confidence: 0.9 } as const;
      await saveUtterances(db, tenantId, callId, [{ seq: 0, text, ...said }]);
      return callId;
    };
    return { ...owned, get, heard, hidden, playbookId };
  }

  test('a rep sees which points a call of their own met, with the words; nobody else does', async () => {
    const { get, heard, playbookId } = await open();
    const callId = await heard('81', 'Let me share the agenda for today.');
    expect((await get<CallAdherenceView>('81', `/v1/calls/${callId}/adherence`)).value).toEqual({
      callId,
      playbooks: [
        {
          id: playbookId,
          name: 'Discovery',
          version: 1,
          met: 1,
          points: [
            {
              id: 'agenda',
              name: 'Agenda',
              stage: 'opening',
              met: true,
              evid: { quote: 'agenda for today.', role: 'rep', speaker: '81', startMs: expect.any(Number) },
            },
          ],
        },
      ],
      said: '',
    });
    expect((await get('71', `/v1/calls/${callId}/adherence`)).ok).toBe(false);
    expect((await get('81', `/v1/calls/${randomUUID()}/adherence`)).ok).toBe(false);
  });

  test('a rep’s own calls since the version was saved are theirs; a lead gets a sum, and none about fewer than three people', async () => {
    const { db, tenantId, get, heard, hidden, playbookId } = await open();
    const path = `/v1/playbooks/${playbookId}/adherence`;
    const mine = await heard('81', 'Here is the agenda for today.');
    await heard('81', 'Hello.');
    await heard('81', 'The agenda for today.', new Date('2026-11-19T09:00:00.000Z'));
    await heard('82', 'Good morning.');
    const own = (await get<PlaybookAdherenceView>('81', path)).value;
    expect(own).toMatchObject({ of: 'mine', calls: 2, said: 'Over your 2 calls since this version was saved.' });
    expect(own.points).toEqual([
      {
        id: 'agenda',
        name: 'Agenda',
        stage: 'opening',
        met: 1,
        calls: 2,
        examples: [{ callId: mine, startedAt: after.toISOString(), quote: 'agenda for today.', role: 'rep', startMs: expect.any(Number) }],
      },
    ]);
    expect((await get('81', `${path}?of=team`)).ok).toBe(false);
    // Who connected us leads everybody.
    expect((await get<PlaybookAdherenceView>('71', `${path}?of=team`)).value).toMatchObject({ calls: 3, points: [] });
    const third = await heard('83', 'The agenda for today.');
    expect((await get<PlaybookAdherenceView>('71', `${path}?of=team`)).value.points).toMatchObject([{ met: 2, calls: 4 }]);
    hidden.add(third);
    expect((await get<PlaybookAdherenceView>('71', `${path}?of=team`)).value.points).toEqual([]);

    const leads = [{ rep: '90', name: 'Jo' }];
    await setCaptureSettings(
      db,
      tenantId,
      { teamHelp: { isOn: false, teams: [{ name: 'N', leads, reps: ['82@brightloop.example'] }] } },
      '71',
    );
    expect((await get<PlaybookAdherenceView>('90', `${path}?of=team`)).value).toMatchObject({ calls: 1, points: [] });
    expect((await get('81', `${path}?of=everybody`)).ok).toBe(false);
    expect((await get('81', `/v1/playbooks/${randomUUID()}/adherence`)).ok).toBe(false);
  });
});
