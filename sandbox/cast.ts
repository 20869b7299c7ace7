/**
 * The people and records of the sandbox, the same in both CRMs, and the sample call's script.
 * Twins seed themselves from here; demo and tests read their expectations here.
 */
export const cast = {
  seller: 'Brightloop',
  rep: { name: 'Sam Okafor', first: 'Sam', last: 'Okafor', email: 'sam@brightloop.example', phone: '+14155550100' },
  /** A colleague in another team, who does not own the deal. */
  colleague: { name: 'Lena Fischer', first: 'Lena', last: 'Fischer', email: 'lena@brightloop.example' },
  /** A colleague in the rep's own team. */
  teammate: { name: 'Noor Haddad', first: 'Noor', last: 'Haddad', email: 'noor@brightloop.example' },
  customer: {
    name: 'Maya Lindqvist',
    first: 'Maya',
    last: 'Lindqvist',
    email: 'maya@cobaltfreight.example',
    phone: '+14155550142',
    title: 'Head of Operations',
  },
  company: { name: 'Cobalt Freight', domain: 'cobaltfreight.example' },
  deal: { name: 'Cobalt Freight, 120 seats', amount: 86_400 },
  competitors: ['Zendara', 'Helpwise'],
  timeZone: 'America/New_York',
  hubspot: {
    portalId: 4242,
    appId: 31337,
    clientId: 'a1b2c3d4-0000-4000-8000-00000000beef',
    clientSecret: 'sandbox-hubspot-secret-not-a-real-one',
    rep: { userId: 71, ownerId: '501' },
    colleague: { userId: 72, ownerId: '502' },
    teammate: { userId: 73, ownerId: '503' },
    companyId: '8001',
    contactId: '9001',
    dealId: '7001',
    stage: 'qualifiedtobuy',
    nextStage: 'presentationscheduled',
  },
  salesforce: {
    orgId: '00D5f000000SANDEAA',
    consumerKey: '3MVG9sandboxsandboxsandboxROS',
    consumerSecret: 'sandbox-salesforce-secret-not-a-real-one',
    integrationUser: { id: '0055f000000INTGAAA', username: 'integration@brightloop.example' },
    rep: { userId: '0055f000000SAMOAAA' },
    colleague: { userId: '0055f000000LENAAAA' },
    accountId: '0015f000000COBAAAA',
    contactId: '0035f000000MAYAAAA',
    opportunityId: '0065f000000DEALAAA',
    stage: 'Needs Analysis',
    nextStage: 'Proposal/Price Quote',
  },
  twilio: {
    /** One account for each tenant. */
    hubspot: { accountSid: `AC${'1'.repeat(32)}`, authToken: 'sandbox-twilio-token-1', number: '+14155550111' },
    salesforce: { accountSid: `AC${'2'.repeat(32)}`, authToken: 'sandbox-twilio-token-2', number: '+14155550122' },
  },
  zoom: {
    accountId: 'sandboxZoomAccount0001',
    clientId: 'sandboxZoomClient',
    clientSecret: 'sandbox-zoom-secret-not-a-real-one',
    secretToken: 'sandbox-zoom-token-1',
    /** Our own app, which the account can install instead of making one. */
    connect: { clientId: 'sandboxZoomOurApp', clientSecret: 'sandbox-zoom-our-secret-not-a-real-one', secretToken: 'sandbox-zoom-token-2' },
  },
  graph: {
    directoryId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    clientId: '8f14e45f-ceea-467f-a0e6-2b1f7c2d3a4b',
    clientSecret: 'sandbox-graph-secret-not-a-real-one',
    connect: { clientId: '5b1c9a3e-2f64-4c7a-9d0e-6a7b8c9d0e1f', clientSecret: 'sandbox-graph-our-secret-not-a-real-one' },
  },
  deepgramKey: 'sandbox-deepgram-key',
  anthropicKey: 'sandbox-anthropic-key',
} as const;

/** Who says what, in order. The recording in `sandbox/sample-call/` is made from this. */
export const script: readonly { who: 'rep' | 'customer'; text: string }[] = [
  { who: 'rep', text: "Hi Maya, it's Sam from Brightloop. Before we start, are you okay with this call being recorded and transcribed?" },
  { who: 'customer', text: "Sure, that's fine." },
  { who: 'rep', text: 'Great. Last week you said first replies take about nine hours. Is that still the main worry?' },
  {
    who: 'customer',
    text: 'Yes. The team loses whole mornings to tickets that could answer themselves. The prize for us would be quiet mornings.',
  },
  { who: 'rep', text: 'Understood. Teams your size usually bring that under one hour in the first month.' },
  { who: 'customer', text: 'That would be great. But honestly, it is twice what we pay today, so the price is hard to defend.' },
  { who: 'rep', text: 'Fair point. What do you compare it with?' },
  { who: 'customer', text: 'We are also looking at Zendara, and they promised a lower rate.' },
  { who: 'rep', text: 'Good to know. Most teams there still route tickets by hand, so it is worth asking them about that.' },
  { who: 'customer', text: 'I will. My other worry is the rollout. Our IT team has no time for a long integration before the holidays.' },
  {
    who: 'rep',
    text: "It takes two days of their time, and we do the rest. I'll send you the security questionnaire and the rollout plan by Thursday.",
  },
  { who: 'customer', text: 'Perfect. We want to go ahead with a proposal for one hundred and twenty seats.' },
  { who: 'rep', text: "I'll put the proposal together. Let's meet again next Tuesday at ten to walk through it." },
  { who: 'customer', text: 'Tuesday works. Thanks Sam, this was really helpful.' },
];
