import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../kit/result.ts';
import type { WriteRate } from './bucket.ts';
import { requestsOf } from './bundle.ts';
import { decide, type Outcome, reserve, wakeMs } from './writer.ts';
import { type Command, type DueRow, newWriter, revive, type WriterState } from './writer-state.ts';

/** A writer in a world of its own: an outbox, a clock, and a CRM that fails, answers late, lands late, or both. */
interface Machine {
  decide: typeof decide;
  revive: typeof revive;
  wakeMs: typeof wakeMs;
  reserve: typeof reserve;
}
const ours: Machine = { decide, revive, wakeMs, reserve };
const rate: WriteRate = { perSecond: 3, burst: 8, asks: 'kind' };
const leaseMs = 60_000;
const start = 1_000_000;

type Field = 'stage' | 'amount' | null;
type Step =
  | { do: 'plan'; record: number; fields: Field[] }
  /** A reader of the same CRM asks for its share. */
  | { do: 'read'; requests: number }
  | { do: 'approve-older'; record: number }
  | { do: 'wait'; ms: number }
  | { do: 'crash' }
  | { do: 'repeat-answer' }
  | { do: 'clock-back'; ms: number };

interface OutboxRow extends DueRow {
  state: 'due' | 'writing' | 'written' | 'parked' | 'superseded';
  nextAtMs: number;
  leaseUntilMs: number;
}
interface Landing {
  atMs: number;
  row: OutboxRow;
  wasThere: boolean;
}
interface Answer {
  atMs: number;
  outcomes: { id: string; outcome: Outcome }[];
}
interface Faultiness {
  share: number;
}

function world(machine: Machine, seed: number) {
  let random = seed >>> 0;
  const dice = () => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    return random / 4_294_967_296;
  };
  let nowMs = start;
  let clockOffMs = 0;
  let state: WriterState = newWriter(rate, nowMs);
  let kept: WriterState = structuredClone(state);
  let seq = 0;
  const rows: OutboxRow[] = [];
  const answers: Answer[] = [];
  const answeredAlready: Answer[] = [];
  const landings: Landing[] = [];
  const landed: Landing[] = [];
  const open: { record: string; untilMs: number; isSafe: boolean }[] = [];
  const sent: { atMs: number; requests: number }[] = [];
  const made = new Map<string, number>();
  const wrong = { twoOnARecord: 0, overRate: 0, outOfOrder: 0, twice: 0, lost: 0 };
  const faults: Faultiness = { share: 0.3 };
  const rowOf = (id: string) => rows.find((row) => row.id === id) as OutboxRow;

  function lease(): OutboxRow[] {
    const unsent = rows.filter(({ state: at }) => at === 'due' || at === 'writing').sort((a, b) => (a.order < b.order ? -1 : 1));
    const ready = (row: OutboxRow) => (row.state === 'due' ? row.nextAtMs : row.leaseUntilMs);
    const free = unsent.filter((row, at) => unsent.slice(0, at + 1).every((other) => other.record !== row.record || ready(other) <= nowMs));
    const taken = free.slice(0, 20);
    for (const row of taken) {
      row.state = 'writing';
      row.leaseUntilMs = nowMs + leaseMs;
      row.tries += 1;
    }
    return taken.map((row) => ({ ...row }));
  }

  /** They leave together and fail together, save that each may be refused by itself. */
  function send(ids: readonly string[]): void {
    const bundle = ids.map(rowOf);
    const [first] = bundle as [OutboxRow];
    const { record } = first;
    // What is safe may still land from an earlier try: it lands once.
    if (
      landings.some((one) => one.row.record === record && !one.row.isSafe) ||
      open.some((one) => one.record === record && !one.isSafe && one.untilMs > nowMs)
    )
      wrong.twoOnARecord += 1;
    // As it knew them: whoever looks first asks more often, and a lease that ran out counts on elsewhere.
    const flight = state.flights.find(({ rows: away }) => away.some((row) => row.id === first.id));
    sent.push({ atMs: nowMs, requests: requestsOf(flight?.rows ?? bundle, rate) });
    if (bundle.some((row) => row.record !== record)) wrong.twoOnARecord += 1;
    const fields = bundle.flatMap(({ field }) => (field === null ? [] : [field]));
    if (new Set(fields).size < fields.length) wrong.outOfOrder += 1;
    const there = bundle.map((row) => made.has(row.id));
    const latency = 20 + Math.floor(dice() * 300);
    const land = (atMs: number) => {
      for (const [at, row] of bundle.entries()) landings.push({ atMs, row, wasThere: there[at] === true });
    };
    const answer = (atMs: number, outcomeOf: (id: string) => Outcome) => {
      answers.push({ atMs, outcomes: ids.map((id) => ({ id, outcome: outcomeOf(id) })) });
      open.push({ record, untilMs: atMs, isSafe: bundle.every((row) => row.isSafe) });
    };
    const fail = (atMs: number, fault: Omit<Fault, 'said'>) => answer(atMs, () => ({ ok: false, fault: { ...fault, said: 'No.' } }));
    const broken = { kind: 'broken', ambiguous: true } as const;
    if (dice() >= faults.share) {
      land(nowMs + latency);
      answer(nowMs + latency, (id) => ({ ok: true, crmId: `crm-${id}` }));
      return;
    }
    const late = nowMs + 10_000 + Math.floor(dice() * 34_000);
    const bad: (() => void)[] = [
      () => fail(nowMs + latency, { kind: 'busy', retryAfterMs: 1_000 + Math.floor(dice() * 9_000) }),
      () => fail(nowMs + latency, { kind: 'busy' }),
      () => fail(nowMs + latency, broken),
      () => {
        land(nowMs + latency);
        fail(nowMs + latency, broken);
      },
      () => {
        land(late);
        fail(nowMs + 10_000, broken);
      },
      () => fail(nowMs + 10_000, broken),
      // Never an answer, and a landing whenever it likes.
      () => void (dice() < 0.5 && land(late)),
      () => dice() < 0.2 && fail(nowMs + latency, { kind: dice() < 0.5 ? 'refused' : 'changed' }),
      // Some of them: the last one is refused for now, the others are written.
      () => {
        const last = ids.at(-1);
        for (const [at, row] of bundle.entries())
          if (row.id !== last) landings.push({ atMs: nowMs + latency, row, wasThere: there[at] === true });
        const busy: Fault = { kind: 'busy', said: 'No.' };
        answer(nowMs + latency, (id) => (id === last ? { ok: false, fault: busy } : { ok: true, crmId: `crm-${id}` }));
      },
    ];
    bad[Math.floor(dice() * bad.length)]?.();
  }

  function carryOut(commands: Command[]): void {
    if (commands.some((one) => one.do === 'send')) kept = JSON.parse(JSON.stringify(state));
    for (const command of commands) {
      if (command.do === 'send') {
        send(command.ids);
        continue;
      }
      const row = rowOf(command.id);
      const isHeld = row.state === 'writing';
      if (command.do === 'written' && (isHeld || row.state === 'due')) row.state = 'written';
      if ((command.do === 'park' || command.do === 'suggest') && isHeld) row.state = 'parked';
      if (command.do === 'supersede' && isHeld) row.state = 'superseded';
      if ((command.do === 'later' || command.do === 'put-back') && isHeld) {
        row.state = 'due';
        row.nextAtMs = command.atMs;
        if (command.do === 'put-back') row.tries -= 1;
      }
    }
  }

  function on(event: Parameters<typeof decide>[1]): void {
    const [next, commands] = machine.decide(state, event, nowMs + clockOffMs, rate);
    state = next;
    carryOut(commands);
  }

  function landDue(): void {
    for (const one of landings.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs)) {
      landings.splice(landings.indexOf(one), 1);
      const before = landed.filter((other) => other.row.record === one.row.record && other.row.field === one.row.field);
      const isOld = before.some((other) => other.row.order > one.row.order);
      // What only adds may come in another order: a part of a bundle may have to wait.
      if (isOld && one.row.field !== null) wrong.outOfOrder += 1;
      // It looked before it wrote: what was not there at the look is made, even if it is there by now.
      // The CRM itself keeps a safe one single.
      if (one.row.isSafe) made.set(one.row.id, 1);
      else if (!one.wasThere) made.set(one.row.id, (made.get(one.row.id) ?? 0) + 1);
      landed.push(one);
    }
  }

  /** Everything that happens until then, one thing at a time. */
  function runUntil(untilMs: number): void {
    for (;;) {
      const due = lease();
      if (due.length > 0) on({ type: 'due', rows: due });
      const ahead = rows.flatMap((row) => (row.state === 'due' ? [row.nextAtMs] : row.state === 'writing' ? [row.leaseUntilMs] : []));
      const wake = machine.wakeMs(state, rate);
      const times = [...answers.map(({ atMs }) => atMs), ...landings.map(({ atMs }) => atMs), ...ahead, ...(wake === null ? [] : [wake])];
      const nextMs = Math.min(untilMs, ...times.filter((ms) => ms > nowMs));
      nowMs = nextMs;
      landDue();
      for (const one of answers.filter(({ atMs }) => atMs <= nowMs)) {
        answers.splice(answers.indexOf(one), 1);
        answeredAlready.push(one);
        on({ type: 'answer', outcomes: one.outcomes, luck: dice() });
      }
      on({ type: 'tick', luck: dice() });
      if (nextMs >= untilMs) return;
    }
  }

  function plan(record: number, field: Field, order: string): void {
    const id = `row-${rows.length}`;
    const isSafe = field === null && rows.length % 3 > 0;
    rows.push({
      ...{
        id,
        record: `deal/${record}${isSafe ? ' new' : ''}`,
        kind: field ?? (rows.length % 2 ? 'task' : 'note'),
        order,
        field,
        tries: 0,
        sinceMs: nowMs,
      },
      isSafe,
      ...{ state: 'due', nextAtMs: 0, leaseUntilMs: 0 },
    });
  }

  return {
    rows,
    wrong,
    faults,
    take(step: Step) {
      if (step.do === 'plan') {
        seq += 1;
        for (const [at, field] of step.fields.entries()) plan(step.record, field, `${String(seq).padStart(4, '0')}/${at}`);
      }
      // A stage somebody says yes to only after a newer call's was on its way.
      if (step.do === 'approve-older') plan(step.record, 'stage', `${String(Math.max(0, seq - 1)).padStart(4, '0')}/9${rows.length}`);
      if (step.do === 'read') {
        const [next, waitMs] = machine.reserve(state, step.requests, nowMs + clockOffMs, rate);
        state = next;
        if (waitMs === 0) {
          kept = JSON.parse(JSON.stringify(state));
          sent.push({ atMs: nowMs, requests: step.requests });
        }
      }
      if (step.do === 'wait') runUntil(nowMs + step.ms);
      if (step.do === 'clock-back') clockOffMs = -step.ms;
      if (step.do === 'repeat-answer') {
        const again = answeredAlready.at(-1);
        const isAway = (id: string) => state.flights.some(({ rows: away }) => away.some((row) => row.id === id));
        if (again && !again.outcomes.some(({ id }) => isAway(id))) on({ type: 'answer', outcomes: again.outcomes, luck: dice() });
      }
      if (step.do === 'crash') {
        answers.length = 0;
        const [back, commands] = machine.revive(JSON.parse(JSON.stringify(kept)), rate, nowMs + clockOffMs);
        state = back;
        carryOut(commands);
      }
    },
    end() {
      faults.share = 0;
      for (let day = 0; day < 4 && rows.some(({ state: at }) => at === 'due' || at === 'writing'); day += 1)
        runUntil(nowMs + 3_600_000 * 12);
      runUntil(nowMs + 120_000);
      wrong.lost = rows.filter((row) =>
        row.state === 'written' ? !made.has(row.id) : row.state === 'due' || row.state === 'writing',
      ).length;
      wrong.twice = [...made.values()].filter((times) => times > 1).length;
      for (let from = 0; from < sent.length; from += 1) {
        let requests = 0;
        for (const one of sent.slice(from)) {
          requests += one.requests;
          if (requests > rate.burst + ((one.atMs - (sent[from]?.atMs ?? 0)) * rate.perSecond) / 1_000 + 0.01) wrong.overRate += 1;
        }
      }
      return wrong;
    },
  };
}

const record = fc.integer({ min: 0, max: 3 });
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('plan' as const),
        record,
        fields: fc.array(fc.constantFrom<Field>(null, null, 'stage', 'amount'), { minLength: 1, maxLength: 5 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('approve-older' as const), record }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(10, 150, 700, 3_000, 11_000, 40_000) }) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: 'crash' }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), requests: fc.integer({ min: 1, max: 4 }) }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'repeat-answer' }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clock-back' as const), ms: fc.constant(5_000) }) },
  ),
  { minLength: 4, maxLength: 30 },
);
const none = { twoOnARecord: 0, overRate: 0, outOfOrder: 0, twice: 0, lost: 0 };

const holds = (machine: Machine) =>
  fc.property(steps, fc.integer({ min: 1 }), (schedule: Step[], seed) => {
    const it = world(machine, seed);
    for (const step of schedule) it.take(step);
    expect(it.end()).toEqual(none);
  });

test('whatever fails, lands late, comes twice or dies: all is written once, in order, one at a time, within the rate', () => {
  // On failure fast-check prints the seed and the shortest schedule.
  fc.assert(holds(ours), { numRuns: 2_000 });
}, 120_000);

const without = (part: Partial<WriterState>): Machine => ({
  ...ours,
  decide: (state, event, nowMs, at) => decide({ ...state, ...part }, event, nowMs, at),
});

/** What everybody writes first: everything at once, and again when it failed. */
const naive: Machine = {
  decide: (state, event) => {
    if (event.type === 'due') return [state, event.rows.map(({ id }) => ({ do: 'send', ids: [id] }))];
    if (event.type === 'tick') return [state, []];
    return [
      state,
      event.outcomes.map(({ id, outcome }) =>
        outcome.ok ? { do: 'written', id, crmId: outcome.crmId } : { do: 'later', id, atMs: 0, said: outcome.fault.said },
      ),
    ];
  },
  revive: (kept) => [kept, []],
  wakeMs: () => null,
  reserve: (state) => [state, 0],
};

test.each<[string, Machine]>([
  ['a naive writer', naive],
  ['one that trusts a timeout', without({ quiet: {} })],
  ['one without a fence', without({ fences: {} })],
  ['one that forgets what had left', { ...ours, revive: (kept, at, nowMs) => revive({ ...kept, flights: [] }, at, nowMs) }],
  ['one that starts with a full bucket', { ...ours, revive: (kept, at, nowMs) => revive({ ...kept, leftMs: 0 }, at, nowMs) }],
])(
  '%s breaks the promise',
  (_, machine) => {
    expect(fc.check(holds(machine), { numRuns: 1_200, seed: 7, endOnFailure: true }).failed).toBe(true);
  },
  120_000,
);
