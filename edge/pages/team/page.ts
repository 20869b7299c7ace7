import { isSignedIn, look, lookAt, type Said, signIn, whisper } from './ask.ts';
import { at, showCalls, shown, showOne, words } from './show.ts';

const AGAIN_MS = 5_000;
const TEXT_MAX = 200;
const CLOSED = 'Open this page again from your CRM: its address opens once, and a session lasts a working day.';

let selected: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
/** A line whose answer was lost is sent again under its own id: the rep reads it once. */
let open: { text: string; callId: string; requestId: string } | undefined;

/** The value; or its trouble is shown, and undefined. */
function taken<T>(said: Said<T>): T | undefined {
  if (said === 'signed-out') {
    shown('both', false);
    words('state', '');
    words('trouble', CLOSED);
    return undefined;
  }
  words('trouble', said.ok ? '' : said.why);
  return said.ok ? said.value : undefined;
}

async function begin(): Promise<void> {
  const ticket = location.hash.slice(1);
  // It opened this window: nobody shall find it in an address bar or a history.
  history.replaceState(null, '', location.pathname);
  if (ticket !== '' && !taken(await signIn(ticket)) && !isSignedIn()) return words('state', '');
  if (!isSignedIn()) {
    taken('signed-out');
    return;
  }
  await again();
}

async function again(): Promise<void> {
  clearTimeout(timer);
  let pollMs = AGAIN_MS;
  // Nobody looks at a hidden page, and no rep shall read that somebody does.
  if (document.visibilityState === 'visible') {
    const said = await look();
    const view = taken(said);
    if (said === 'signed-out') return;
    if (view) {
      ({ pollMs } = view);
      shown('both', true);
      if (selected !== null && !view.calls.some(({ callId }) => callId === selected)) selected = null;
      showCalls(view.calls, selected, Date.now(), pick);
      const count = view.calls.length;
      words(
        'state',
        count === 0 ? '' : `${count} ${count === 1 ? 'call runs' : 'calls run'}${view.isMore ? ', and more than are shown' : ''}`,
      );
      words('none', view.said ?? 'No call of your team runs right now. They appear here by themselves.');
      shown('none', count === 0);
      await showSelected();
    }
  }
  clearTimeout(timer);
  timer = setTimeout(() => void again(), pollMs);
}

async function showSelected(): Promise<void> {
  const callId = selected;
  shown('one', callId !== null);
  if (callId === null) return;
  const view = taken(await lookAt(callId));
  if (view && selected === callId) showOne(view);
}

function pick(callId: string): void {
  if (selected !== callId) {
    selected = callId;
    words('sent', '');
  }
  void again();
}

const line = at('line', HTMLTextAreaElement);
line.oninput = () => {
  words('left', `${TEXT_MAX - line.value.length} letters left`);
  words('sent', '');
};
line.onkeydown = (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  at('whisper', HTMLFormElement).requestSubmit();
};
at('whisper', HTMLFormElement).onsubmit = (event) => {
  event.preventDefault();
  void send();
};

async function send(): Promise<void> {
  const text = line.value.trim();
  const callId = selected;
  const button = at('send', HTMLButtonElement);
  if (text === '' || callId === null || button.disabled) return;
  if (open?.text !== text || open.callId !== callId) open = { text, callId, requestId: crypto.randomUUID() };
  button.disabled = true;
  const said = taken(await whisper(callId, { requestId: open.requestId, text }));
  button.disabled = false;
  if (!said) return;
  open = undefined;
  line.value = '';
  words('left', `${TEXT_MAX} letters left`);
  words('sent', `They have it: “${text}”`);
}

document.addEventListener('visibilitychange', () => void again());
void begin();
