import { describe, expect, test } from 'vitest';
import { erasePerson } from '../db/erase-person.ts';
import { mergeRecord } from '../db/merge-record.ts';
import { databases, newCall, newTenant, sampleIntro } from '../db/test-db.ts';
import { asksOf, dueIntros, type IntroMove, introOf, introsOf, moveIntro, saveDraft } from './intros/store.ts';
import { optOut, outOf } from './out/store.ts';
import { addTouch, peopleAfter, touchesOfPeople } from './store.ts';
import { namesKnown, tellTies, tiesOf, togetherOf } from './ties/store.ts';

const at = new Date('2026-11-20T15:00:00.000Z');
const maya = { object: 'contact', id: '9001' } as const;
const dana = { object: 'contact', id: '9002' } as const;
const told = (to: string, from = 'user/71', proof: 'told' | 'listed' = 'told') => ({
  from,
  to,
  proof,
  fromName: 'Sam',
  toName: 'Somebody',
});

describe.each(databases)('who is out, and what was told ($name)', ({ url }) => {
  async function withPeople() {
    const tenant = await newTenant(url);
    const { db, tenantId } = tenant;
    const meet = async (...people: { object: 'contact'; id: string }[]) => {
      const callId = await newCall(tenant);
      for (const person of people)
        await addTouch(db, tenantId, { repId: '71', person, personName: `P${person.id}`, callId, at, minutes: 5, channel: 'call' });
    };
    const seen = async () => {
      const people = (await peopleAfter(db, tenantId, null, 50)).map(({ id }) => id);
      const touches = (await touchesOfPeople(db, tenantId, [maya, dana])).map(({ person }) => person.id);
      const ties = (await tiesOf(db, tenantId, ['contact/9001', 'contact/9002'])).map(({ from, to }) => `${from} ${to}`);
      return { people, touches: touches.sort(), ties: ties.sort() };
    };
    return { ...tenant, meet, seen };
  }

  test('an opt-out takes every link at once, and nothing that comes later brings them back', async () => {
    const { db, tenantId, meet, seen } = await withPeople();
    await meet(maya, dana);
    await tellTies(db, tenantId, '71', at, [told('contact/9001'), told('contact/9002', 'contact/9001')]);
    const open = sampleIntro(at);
    const over = sampleIntro(at, { state: 'won' });
    for (const row of [open, over]) await saveDraft(db, tenantId, row);
    expect(await seen()).toEqual({
      people: ['9001', '9002'],
      touches: ['9001', '9002'],
      ties: ['contact/9001 contact/9002', 'user/71 contact/9001'],
    });
    expect((await togetherOf(db, tenantId, ['contact/9002'])).map(({ one, other, others }) => [one, other, others])).toEqual([
      ['contact/9002', 'contact/9001', 1],
    ]);

    for (let times = 0; times < 2; times++) await optOut(db, tenantId, { person: maya, hashes: ['#m'], by: '71', at });
    const after = { people: ['9002'], touches: ['9002'], ties: [] };
    expect(await seen()).toEqual(after);
    await meet(maya);
    expect(await tellTies(db, tenantId, '71', at, [told('contact/9001')])).toEqual([]);
    expect(await seen()).toEqual(after);
    expect([...(await outOf(db, tenantId, ['#m', '#x', 'contact/9001', 'contact/9002']))].sort()).toEqual(['#m', 'contact/9001']);
    expect([await introOf(db, tenantId, open.id), (await introOf(db, tenantId, over.id))?.state]).toEqual([null, 'won']);
    expect(await namesKnown(db, tenantId)).toEqual([{ key: 'contact/9002', name: 'P9002' }]);
  });

  test('an erased person stays out, and one who is merged takes the objection along', async () => {
    const { db, tenantId, connectionId, meet, seen } = await withPeople();
    await meet(dana);
    await tellTies(db, tenantId, '71', at, [told('contact/9001'), told('contact/9002', 'user/72')]);
    const won = sampleIntro(at, { state: 'won' });
    await saveDraft(db, tenantId, won);
    await erasePerson(db, tenantId, connectionId, maya.id, at);
    await meet(maya);
    expect(await seen()).toEqual({ people: ['9002'], touches: ['9002'], ties: ['user/72 contact/9002'] });
    expect(await introOf(db, tenantId, won.id)).toBeNull();

    const into = { object: 'contact', id: '9003' } as const;
    const intro = sampleIntro(at, {
      targetKey: 'contact/9002',
      people: [
        { key: 'user/72', name: 'Ana' },
        { key: 'contact/9002', name: 'Dana' },
      ],
    });
    await saveDraft(db, tenantId, intro);
    await mergeRecord(db, tenantId, connectionId, [dana], into);
    expect((await tiesOf(db, tenantId, ['contact/9003'])).map(({ from, to }) => [from, to])).toEqual([['user/72', 'contact/9003']]);
    expect(await introOf(db, tenantId, intro.id)).toMatchObject({
      targetKey: 'contact/9003',
      people: [
        { key: 'user/72', name: 'Ana' },
        { key: 'contact/9003', name: 'Dana' },
      ],
    });
    await optOut(db, tenantId, { person: into, hashes: [], by: '71', at });
    await mergeRecord(db, tenantId, connectionId, [into], { object: 'contact', id: '9004' });
    await meet({ object: 'contact', id: '9004' });
    expect((await seen()).people).toEqual([]);
  });

  test('an introduction is one for a press, moves from the version that was seen, and is found when its time is over', async () => {
    const { db, tenantId } = await newTenant(url);
    const row = sampleIntro(at);
    const first = await saveDraft(db, tenantId, row);
    expect(await saveDraft(db, tenantId, { ...row, id: crypto.randomUUID() })).toEqual(first);
    const trail: IntroMove['trail'] = [{ what: 'approve', by: 'rep', at: at.toISOString() }];
    const move = { from: 1, by: '71', state: 'requested', trail, dueAt: at, note: { subject: 's', body: 'b' } } satisfies IntroMove;
    expect([await moveIntro(db, tenantId, row.id, move), await moveIntro(db, tenantId, row.id, move)]).toEqual([true, false]);
    expect(await introOf(db, tenantId, row.id)).toMatchObject({ state: 'requested', version: 2, subject: 's', body: 'b' });
    expect(await asksOf(db, tenantId, 'user/72')).toEqual([{ target: 'contact/9001', state: 'requested', trail }]);
    const lists = async (repId: string) => {
      const { mine, asked } = await introsOf(db, tenantId, repId);
      return [mine.length, asked.length];
    };
    expect([await lists('71'), await lists('72'), await lists('73')]).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    const due = async (nowMs: number) => (await dueIntros(db, new Date(nowMs), 1_000)).filter(({ id }) => id === row.id);
    expect([await due(at.getTime() - 1), await due(at.getTime())]).toEqual([[], [{ tenantId, id: row.id }]]);
  });
});
