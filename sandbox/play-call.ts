import type { ChangeItem } from '../shared/contracts/change.ts';
import { type GuidanceCard, guidanceDown } from '../shared/contracts/guidance.ts';
import type { ConversationView, LiveView, NextView, TicketView } from '../shared/contracts/view.ts';
import { type Card, requestId, unwrap } from './ask.ts';

/** What a rep's card saw and did during one call. */
export interface Played {
  callId: string;
  /** Every card that was shown, in order. */
  cards: GuidanceCard[];
  /** Ids of those that were taken back because the words changed. */
  retracted: string[];
}

const LOOK_MS = 60;

/**
 * Sits in front of the record page like a rep: sees the call, says the customer agreed, watches the cards until it ends. The polling card
 * must show some of what the socket told; the socket alone is asked for all of it, because a glance every 60 ms misses what is short.
 */
export async function watchCall(
  card: Card,
  record: string,
  line: { done: Promise<unknown> },
  say: (line: string) => void,
): Promise<Played> {
  const callId = await until(async () => {
    const view = unwrap<NextView>(await card.get(`/v1/record/${record}/next`));
    return view.state === 'live' ? view.callId : undefined;
  }, 'the call shows up on the record');
  const first = unwrap<LiveView>(await card.get(`/v1/calls/${callId}/live?since=0`));
  if (first.state !== 'live' || first.consent !== 'announced') throw new Error('consent was not asked before anything was heard');
  const socket = await openSocket(unwrap(await card.post(`/v1/calls/${callId}/ticket`, { requestId: requestId() })), say);
  await card.post(`/v1/calls/${callId}/consent`, { requestId: requestId(), consent: 'granted' });
  say('consent given');

  const seen = new Set<string>();
  let over = false;
  let since = 0;
  void line.done.finally(() => {
    over = true;
  });
  while (!over) {
    const view = unwrap<LiveView>(await card.get(`/v1/calls/${callId}/live?since=${since}`));
    if (view.state === 'ended') break;
    if (view.state === 'live') {
      since = view.seq;
      if (view.card) seen.add(view.card.id);
    }
    await pause(LOOK_MS);
  }
  const { shown, retracted } = socket.close();
  if (!shown.some(({ id }) => seen.has(id))) throw new Error('the polling card showed nothing of what the socket told');
  return { callId, cards: shown, retracted };
}

/** Every card and every one taken back, as the socket of a screen hears them. */
async function openSocket(ticket: TicketView, say: (line: string) => void) {
  const shown = new Map<string, GuidanceCard>();
  const retracted = new Set<string>();
  const socket = new WebSocket(ticket.url, ['ros.v1', `token.${ticket.token}`]);
  const hello = Promise.withResolvers<void>();
  socket.addEventListener('error', () => hello.reject(new Error('the socket of the live call did not open')));
  socket.addEventListener('message', ({ data }) => {
    const told = guidanceDown.parse(JSON.parse(String(data)));
    if (told.type === 'hello') hello.resolve();
    if (told.type === 'card') {
      shown.set(told.card.id, told.card);
      retracted.delete(told.card.id);
      say(`card: ${told.card.headline}`);
    }
    if (told.type === 'retract' && told.because === 'words') {
      retracted.add(told.cardId);
      say('card taken back: the words changed');
    }
  });
  await hello.promise;
  return {
    close() {
      socket.close();
      return { shown: [...shown.values()], retracted: [...retracted] };
    },
  };
}

export const conversationOf = async (card: Card, callId: string): Promise<ConversationView> =>
  unwrap(await card.get(`/v1/calls/${callId}`));

/** Approves a change at the version the card shows, and answers what became of it. */
export const approve = async (card: Card, change: ChangeItem): Promise<ChangeItem> =>
  unwrap(await card.post(`/v1/changes/${change.id}/approve`, { requestId: requestId(), version: change.version }));

/** Asks again until there is an answer; gives up after 30 seconds. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string, everyMs = 40): Promise<T> {
  const endsAt = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > endsAt) throw new Error(`waited 30 s in vain until ${what}`);
    await pause(everyMs);
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
