import type { PhoneCallView } from '../../../shared/contracts/phone.ts';
import type { RecordRef } from '../../../shared/contracts/record.ts';
import { dial, hangUp, isSignedIn, ringing, type Said, saveMyPhone, signIn } from './ask.ts';
import { openHost } from './host.ts';

const at = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page lacks ${id}.`);
  return found;
};
const part = (id: string) => at(id, HTMLElement);
const words = (id: string, text: string) => {
  if (part(id).textContent !== text) part(id).textContent = text;
};
const shown = (id: string, isShown: boolean) => {
  part(id).hidden = !isShown;
};

let since = 0;
let call: PhoneCallView | undefined;
let isRemote = false;
let timer: ReturnType<typeof setTimeout> | undefined;
/** What was to be dialled when the rep's phone, or the rep, was not known yet. */
let wanted: { record: RecordRef; number: string; requestId: string } | undefined;

const host = openHost({
  ready: (place) => {
    isRemote = place.isRemote;
    host.initialized(isSignedIn());
    standing();
    look();
  },
  dial: (record, number) => {
    // The calling window dials; its remote only shows.
    if (isRemote) return;
    wanted = { record, number, requestId: crypto.randomUUID() };
    void place();
  },
  endCall: () => void end(),
});

function standing(): void {
  const isIn = isSignedIn();
  shown('sign-in', !isIn);
  if (!isIn) words('state', 'Sign in once, then call from HubSpot.');
  else if (!call) words('state', 'Ready to call.');
  document.body.dataset['state'] = isIn ? (call?.phase ?? 'ready') : 'signed-out';
}

/** The value; or its trouble is shown, and undefined. */
function taken<T>(said: Said<T>): T | undefined {
  if (said === 'signed-out') {
    host.loggedOut();
    standing();
    return undefined;
  }
  words('trouble', said.ok ? '' : said.why);
  return said.ok ? said.value : undefined;
}

async function place(): Promise<void> {
  if (!wanted) return;
  if (!isSignedIn()) return standing();
  const { record, number, requestId } = wanted;
  const said = await dial(record, { number, requestId });
  const view = taken(said);
  if (said !== 'signed-out' && !said.ok) host.failed(said.why);
  shown('phone', view?.state === 'needs-phone');
  if (view?.state !== 'call') return;
  wanted = undefined;
  show(view.call);
  look();
}

async function end(): Promise<void> {
  if (call) taken(await hangUp(call.callId));
  look();
}

function look(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void again(), 0);
}

async function again(): Promise<void> {
  let pollMs = 4_000;
  if (isSignedIn()) {
    const said = await ringing(since);
    if (said !== 'signed-out' && said.ok) {
      ({ seq: since, pollMs } = said.value);
      if (said.value.state === 'call') show(said.value.call);
      if (said.value.state === 'none') clear();
    } else if (said === 'signed-out') taken(said);
  }
  clearTimeout(timer);
  timer = setTimeout(() => void again(), pollMs);
}

const phases: Record<PhoneCallView['phase'], (call: PhoneCallView) => string> = {
  asked: () => 'Ringing your phone…',
  'ringing-rep': ({ direction, name }) => (direction === 'in' ? `${name} is calling` : 'Ringing your phone…'),
  'ringing-customer': ({ name }) => `Ringing ${name}…`,
  talking: ({ name }) => `Talking with ${name}`,
  ended: ({ why }) => why ?? 'The call is over.',
  failed: ({ why }) => why ?? 'The call did not work.',
};

function show(next: PhoneCallView): void {
  call = next;
  words('state', phases[next.phase](next));
  words('about', next.about ?? '');
  const isOver = next.phase === 'ended' || next.phase === 'failed';
  shown('hang-up', !isOver && next.direction === 'out');
  shown('clock', next.phase === 'talking');
  standing();
  if (!isRemote) host.show(next);
}

function clear(): void {
  call = undefined;
  words('about', '');
  for (const id of ['hang-up', 'clock']) shown(id, false);
  standing();
}

setInterval(() => {
  if (!call?.talkingAt || call.phase !== 'talking') return;
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(call.talkingAt)) / 1_000));
  words('clock', `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`);
}, 1_000);

at('hang-up', HTMLButtonElement).onclick = () => void end();
at('sign-in', HTMLFormElement).onsubmit = (event) => {
  event.preventDefault();
  void signIn(at('code', HTMLInputElement).value).then((said) => {
    if (!taken(said)) return;
    host.loggedIn();
    standing();
    void place();
    look();
  });
};
at('phone', HTMLFormElement).onsubmit = (event) => {
  event.preventDefault();
  void saveMyPhone(at('number', HTMLInputElement).value).then((said) => {
    if (taken(said)) void place();
  });
};
window.addEventListener('storage', standing);
