/** What the service would say, for tests. Times are milliseconds from the start of the call. */
const evidence = {
  quote: 'it is twice what we pay today',
  seq: 5,
  role: 'customer',
  speaker: 'Maya Lindqvist',
  startMs: 41_000,
  endMs: 43_500,
};
const record = { object: 'deal', id: '0065f000000DEALAAA' };

export const move = {
  id: 'change-1',
  version: 1,
  record,
  also: [],
  policy: 'suggest',
  state: 'waiting',
  body: {
    kind: 'move-stage',
    from: 'Needs Analysis',
    to: 'Proposal/Price Quote',
    fromLabel: 'Needs Analysis',
    toLabel: 'Proposal/Price Quote',
  },
  reason: 'Maya asked for a proposal.',
  evidence: [evidence],
};

export const mail = {
  ...move,
  id: 'change-2',
  body: { kind: 'draft-email', to: ['maya@cobaltfreight.example'], subject: 'As promised', body: 'Hi Maya' },
};

export const task = {
  ...move,
  id: 'change-3',
  body: { kind: 'add-task', subject: 'Send the rollout plan', body: '', dueAt: '2026-11-26T17:00:00-05:00' },
};

export const call = {
  id: 'call-1',
  record,
  status: 'understood',
  source: 'twilio',
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  startedAt: '2026-11-20T15:00:00-05:00',
  durationMs: 84_000,
  isPrivate: false,
};

export const next = {
  state: 'next',
  callId: 'call-1',
  title: 'Send Maya the rollout plan',
  why: 'You promised it on the last call',
  evidence,
  change: move,
  after: 2,
};

export const card = {
  id: 'card-1',
  playId: 'price',
  kind: 'price',
  headline: 'Price objection',
  say: 'What do you compare it with?',
  why: { quote: 'twice what we pay', role: 'customer', startMs: 41_000, endMs: 43_500, rule: 'price' },
  confidence: 0.93,
};

export const live = {
  state: 'live',
  seq: 3,
  pollMs: 4000,
  callId: 'call-1',
  elapsedMs: 62_000,
  customerName: 'Maya Lindqvist',
  consent: 'granted',
  card: null,
  lines: [],
  talkShareRep: 0.61,
};

export const conversation = {
  call,
  insight: {
    analyzer: 'rules-1',
    intent: 'objection',
    sentiment: 0.6,
    talkShareRep: 0.52,
    headline: 'Maya wants a proposal; the price is the hurdle',
    bullets: [{ text: 'The price is hard to defend', evidence }],
    objections: [{ type: 'price', confidence: 0.9, evidence }],
    nextSteps: [{ text: 'Send the rollout plan', owner: 'rep', dueText: 'by Thursday', hedged: false, confidence: 0.9, evidence }],
    buyingSignals: [],
    competitors: [{ name: 'Zendara', confidence: 0.9, evidence: { ...evidence, startMs: 52_000 } }],
    pricing: [],
    turns: [],
  },
  changes: [move, mail, task],
  strip: [
    { role: 'rep', startMs: 0, endMs: 6000 },
    { role: 'customer', startMs: 6500, endMs: 9000 },
  ],
  people: [{ name: 'Maya Lindqvist', trust: 0.4, why: 'You spoke once, today' }],
  facts: [{ kind: 'pain', text: 'First replies take nine hours', evidence, firstAt: call.startedAt, lastAt: call.startedAt, times: 1 }],
};

export const yes = (value: unknown): string => JSON.stringify({ ok: true, value });
export const no = (code: string): string => JSON.stringify({ ok: false, code, what: 'What happened.', todo: 'What to do.' });

const lastCall = { from: 'call', callId: 'call-1', at: '2026-11-20T15:00:00Z' };
export const brief = {
  record: { object: 'deal', id: '0065f000000DEALAAA' },
  isFirst: false,
  lines: [
    {
      kind: 'stands',
      text: 'Needs Analysis; last call Friday: Maya wants to move ahead.',
      sources: [{ from: 'crm', field: 'Stage', at: '2026-11-23T14:00:00Z' }, lastCall],
    },
    {
      kind: 'promise',
      text: 'You promised: Send the plan',
      isOverdue: true,
      sources: [
        {
          ...lastCall,
          evidence: { quote: 'send you the plan', seq: 10, role: 'rep', speaker: 'Sam Okafor', startMs: 61_000, endMs: 64_000 },
        },
      ],
    },
    { kind: 'question', text: 'Who signs this?', sources: [{ from: 'method', method: 'MEDDPICC', element: 'economicBuyer' }] },
  ],
  asOf: '2026-11-23T14:00:00Z',
};
