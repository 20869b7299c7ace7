import { describe, expect, test } from 'vitest';
import { likeliestDeal, sameNumber, taskOf } from './map.ts';
import { digitsLike, quote } from './soql.ts';

const deal = { object: 'deal', id: '006A' } as const;
const company = { object: 'company', id: '001A' } as const;
const maya = { object: 'contact', id: '003A' } as const;
const lead = { object: 'lead', id: '00QA' } as const;
const note = (body: string) => ({ kind: 'add-note', body, at: '2026-11-20T10:02:00-05:00' }) as const;

describe('one task for an activity', () => {
  test('a note is a done task whose subject is its first line', () => {
    expect(taskOf(note('Wants quiet mornings.\nPrice is hard to defend.'), { record: deal, also: [maya] }, 'k')).toEqual({
      TaskSubtype: 'Task',
      Status: 'Completed',
      Subject: 'Call notes: Wants quiet mornings.',
      Description: 'Wants quiet mornings.\nPrice is hard to defend.',
      ActivityDate: '2026-11-20',
      WhoId: '003A',
      WhatId: '006A',
    });
  });

  test('a task is due on the day its own offset says', () => {
    const change = { kind: 'add-task', subject: 'Send plan', body: '', dueAt: '2026-11-26T23:30:00-05:00', ownerId: '005A' } as const;
    expect(taskOf(change, { record: company, also: [] }, 'k')).toEqual({
      TaskSubtype: 'Task',
      Status: 'Not Started',
      Priority: 'Normal',
      Subject: 'Send plan',
      Description: '',
      ActivityDate: '2026-11-26',
      WhatId: '001A',
      OwnerId: '005A',
    });
  });

  test('stands on the deal before the company, and on a lead only alone', () => {
    const place = (record: typeof deal | typeof company | typeof lead, also: readonly (typeof deal | typeof lead | typeof maya)[]) => {
      const { WhoId, WhatId } = taskOf(note('x'), { record, also }, 'k');
      return [WhoId, WhatId];
    };
    expect(place(company, [deal])).toEqual([undefined, '006A']);
    expect(place(lead, [])).toEqual(['00QA', undefined]);
    expect(place(deal, [lead])).toEqual([undefined, '006A']);
    expect(place(lead, [maya])).toEqual(['003A', undefined]);
  });

  test('cuts a text that Salesforce would refuse', () => {
    const { Description } = taskOf(note('x'.repeat(40_000)), { record: deal, also: [] }, 'k');
    expect([String(Description).length, String(Description).at(-1)]).toEqual([32_000, '…']);
  });
});

test.each([
  ['(415) 555-0142', '+14155550142', true],
  ['415.555.0142 x12', '+14155550142', true],
  ['+1 415 555 0142', '+14155550142', true],
  ['0014155550142', '+14155550142', true],
  ['+44 (0)113 496 0142', '+441134960142', true],
  ['0113 496 0142', '+441134960142', true],
  ['555-0142', '+14155550142', false],
  ['+45 4155550142', '+14155550142', false],
  ['', '+14155550142', false],
])('%s is %s: %s', (typed, number, same) => {
  expect(sameNumber(typed, number)).toBe(same);
});

describe('the deal of a contact', () => {
  const contact = { Id: '003A', AccountId: '001A' };
  const role = (OpportunityId: string, IsPrimary = false) => ({ ContactId: '003A', OpportunityId, IsPrimary });
  test('is the one where they are the primary person', () => {
    expect(likeliestDeal(contact, [role('006A'), role('006B', true)], [])).toBe('006B');
  });
  test('is nobody’s guess when two are as likely', () => {
    expect(likeliestDeal(contact, [role('006A'), role('006B')], [{ Id: '006C', AccountId: '001A' }])).toBeUndefined();
  });
  test('is the only open one of the account when no role names them', () => {
    expect(likeliestDeal(contact, [], [{ Id: '006C', AccountId: '001A' }])).toBe('006C');
  });
});

test('a text cannot leave its quotes in SOQL', () => {
  expect(quote("O'Brien\\' OR Name != '\n")).toBe("'O\\'Brien\\\\\\' OR Name != \\'\\n'");
  expect(digitsLike('42')).toBe("'%4%2%'");
});
