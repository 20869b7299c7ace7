import { createRenderer } from '@hubspot/ui-extensions/testing';
import type { BriefView, ChangeItem, ConversationView, Evidence, GuidanceCard, NextView } from '@ros/contracts';
import type { LiveNow } from './hooks/use-live.ts';
import type { World } from './hooks/world.ts';

type Reply = unknown | (() => Promise<Response>);

/** A service that answers what it is told and keeps what it was asked; time moves by `later()` alone. */
export function fakeService(replies: Record<string, Reply>) {
  const asked: { method: string; path: string; body: Record<string, unknown> | undefined }[] = [];
  const timers: { ms: number; then: () => void }[] = [];
  let nowMs = 0;
  const world: World = {
    fetch: async (url, options) => {
      const path = String(url).replace('https://api.test', '');
      asked.push({ method: options?.method ?? 'GET', path, body: options?.body });
      const reply = replies[path.split('?')[0] ?? ''];
      if (typeof reply === 'function') return (reply as () => Promise<Response>)();
      return new Response(JSON.stringify(reply ?? { ok: false, code: 'not-found', what: 'Nothing here.', todo: 'Look elsewhere.' }));
    },
    now: () => nowMs,
    after: (ms, then) => {
      const timer = { ms, then };
      timers.push(timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) timers.splice(at, 1);
      };
    },
  };
  return {
    world,
    asked,
    replies,
    /** How long the card wants to wait now, shortest first. */
    waits: () => timers.map(({ ms }) => ms).sort((a, b) => a - b),
    /** The soonest timer fires. */
    later() {
      timers.sort((a, b) => a.ms - b.ms);
      const timer = timers.shift();
      if (!timer) throw new Error('nothing waits');
      nowMs += timer.ms;
      timer.then();
    },
  };
}

/** A record page with a deal open. */
export function openRecord<L extends 'crm.record.sidebar' | 'crm.record.tab'>(location: L) {
  const page = createRenderer(location);
  page.mocks.context.crm.objectId = 7001;
  page.mocks.context.crm.objectTypeId = '0-3';
  page.mocks.context.variables = { API_ORIGIN: 'https://api.test' };
  return page;
}

export const ok = (value: unknown) => ({ ok: true, value });
export const no = (code: string, what = 'What happened.', todo = 'What to do.') => ({ ok: false, code, what, todo });
export const nextPath = '/v1/record/deal/7001/next';
export const briefPath = '/v1/record/deal/7001/brief';
export const conversationPath = '/v1/record/deal/7001/conversation';
export const callId = '11111111-1111-4111-8111-111111111111';

export const evidence: Evidence = {
  quote: 'send you the security questionnaire by Thursday',
  seq: 10,
  role: 'rep',
  speaker: 'Sam Okafor',
  startMs: 61_000,
  endMs: 64_000,
};

export const change = (body: ChangeItem['body'], more: Partial<ChangeItem> = {}): ChangeItem => ({
  id: 'c1',
  version: 3,
  record: { object: 'deal', id: '7001' },
  also: [],
  policy: 'suggest',
  state: 'waiting',
  body,
  reason: 'Maya asked for a proposal.',
  evidence: [evidence],
  ...more,
});

export const stage: ChangeItem['body'] = { kind: 'move-stage', from: 'a', to: 'b', fromLabel: 'Qualified', toLabel: 'Presentation' };
export const email: ChangeItem['body'] = {
  kind: 'draft-email',
  to: ['maya@x.example'],
  subject: 'The questionnaire',
  body: 'Hi Maya,\nhere it is.',
};
export const task: ChangeItem['body'] = {
  kind: 'add-task',
  subject: 'Send the questionnaire',
  body: 'Promised.',
  dueAt: '2026-11-26T17:00:00-05:00',
};

export const next = (item?: ChangeItem, after = 0): NextView => ({
  state: 'next',
  callId,
  title: 'Send Maya the security questionnaire',
  why: 'You promised it on today’s call.',
  evidence,
  ...(item ? { change: item } : {}),
  after,
});

export const guidance: GuidanceCard = {
  id: 'g1',
  playId: 'price-twice',
  kind: 'price',
  headline: 'Price objection',
  say: 'Ask what they compare it with.',
  why: { quote: 'twice what we pay', role: 'customer', startMs: 30_000, endMs: 31_000, rule: 'price pushback' },
  confidence: 0.91,
};

export const live = (more: Partial<LiveNow> = {}): LiveNow => ({
  state: 'live',
  seq: 4,
  pollMs: 800,
  callId,
  elapsedMs: 62_000,
  customerName: 'Maya Lindqvist',
  consent: 'granted',
  card: null,
  lines: [{ role: 'customer', turn: 0, text: 'Sure, that is fine.', final: true }],
  talkShareRep: 0.614,
  ...more,
});

export const conversation = (more: Partial<ConversationView> = {}): ConversationView => ({
  call: {
    id: callId,
    record: { object: 'deal', id: '7001' },
    status: 'understood',
    source: 'twilio',
    repName: 'Sam Okafor',
    customerName: 'Maya Lindqvist',
    startedAt: '2026-11-20T15:00:00Z',
    durationMs: 83_000,
    isPrivate: false,
  },
  insight: {
    analyzer: 'rules-1',
    intent: 'objection',
    sentiment: 0.6,
    talkShareRep: 0.48,
    headline: 'Maya wants a proposal for 120 seats',
    bullets: [
      { text: 'The price is hard to defend', evidence: { ...evidence, role: 'customer', speaker: 'Maya', quote: 'twice what we pay' } },
    ],
    objections: [{ type: 'price', confidence: 0.9, evidence: { ...evidence, startMs: 30_000 } }],
    nextSteps: [],
    buyingSignals: [],
    competitors: [{ name: 'Zendara', confidence: 0.9, evidence: { ...evidence, startMs: 40_000 } }],
    pricing: [],
    turns: [],
  },
  changes: [],
  strip: [
    { role: 'rep', startMs: 0, endMs: 8_000 },
    { role: 'customer', startMs: 8_500, endMs: 20_000 },
  ],
  people: [],
  facts: [],
  ...more,
});

export const brief = (more: Partial<BriefView> = {}): BriefView => {
  const call = { from: 'call', callId, at: '2026-11-20T15:00:00Z' } as const;
  return {
    record: { object: 'deal', id: '7001' },
    isFirst: false,
    lines: [
      {
        kind: 'stands',
        text: 'Presentation; last call Friday: Maya wants to move ahead.',
        sources: [{ from: 'crm', field: 'Stage', at: '2026-11-23T14:00:00Z' }, call],
      },
      { kind: 'promise', text: 'You promised: Send the plan', isOverdue: true, sources: [{ ...call, evidence }] },
      { kind: 'question', text: 'Who signs this?', sources: [{ from: 'method', method: 'MEDDPICC', element: 'economicBuyer' }] },
    ],
    asOf: '2026-11-23T14:00:00Z',
    ...more,
  };
};
