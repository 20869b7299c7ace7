import type { Consent } from '../../shared/contracts/guidance.ts';
import { type LineState, openLine } from './line.ts';
import { microphones, type NoSound, openMicrophone, openTab, type Source, type SourceTold } from './sources.ts';
import { consentWords, lineWords, microphoneWords, tabWords } from './words.ts';

const callId = location.pathname.split('/').at(-1) ?? '';
const kept = `listen.${callId}`;

// Out of the address at once: what was used up there would only mislead whoever copies it.
const brought = location.hash.slice(1);
if (brought) {
  sessionStorage.setItem(kept, brought);
  history.replaceState(null, '', location.pathname);
}

const at = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page lacks ${id}.`);
  return found;
};
const button = (id: string) => at(id, HTMLButtonElement);
const part = (id: string) => at(id, HTMLElement);
const devices = at('rep-device', HTMLSelectElement);
const levels = { rep: at('rep-level', HTMLMeterElement), customer: at('customer-level', HTMLMeterElement) };
const words = (id: string, text: string) => {
  // Said once to a screen reader, not with every look.
  if (part(id).textContent !== text) part(id).textContent = text;
};

const sources: { rep?: Source; customer?: Source } = {};
const channels = { rep: 0, customer: 1 } as const;
type Side = keyof typeof channels;
let isOver = false;

const line = openLine({
  url: `${location.origin.replace(/^http/, 'ws')}/media/browser/${callId}`,
  ticket: () => sessionStorage.getItem(kept) ?? undefined,
  keepTicket: (token) => sessionStorage.setItem(kept, token),
  state: showLine,
  consent: showConsent,
});

function showLine(state: LineState): void {
  words('line', lineWords[state]);
  document.body.dataset['line'] = state;
  isOver = state !== 'connecting' && state !== 'open' && state !== 'cut';
  if (!isOver) return;
  sessionStorage.removeItem(kept);
  stopSources();
  for (const id of ['rep-start', 'customer-start', 'stop', 'agreed', 'refused']) button(id).disabled = true;
}

function showConsent(consent: Consent): void {
  words('consent', consentWords[consent]);
  part('consent-asked').hidden = consent === 'granted' || consent === 'refused';
  document.body.dataset['consent'] = consent;
  if (consent === 'refused') stopSources();
}

function stopSources(): void {
  for (const side of ['rep', 'customer'] as const) {
    sources[side]?.stop();
    delete sources[side];
    showOff(side, '');
  }
}

function showOff(side: Side, why: string): void {
  words(`${side}-state`, why);
  part(`${side}-on`).hidden = true;
  part(`${side}-start`).hidden = false;
}

const told = (side: Side): SourceTold => ({
  heard: (frame) => {
    // Quiet speech is at a hundredth of full scale: by the logarithm it is seen.
    levels[side].value = Math.max(0, 1 + Math.log10(Math.max(frame.level, 1e-3)) / 3);
    line.send(channels[side], frame);
  },
  ended: (why) => {
    delete sources[side];
    showOff(side, wordsOf[side][why]);
  },
});
const wordsOf: Record<Side, Record<NoSound, string>> = { rep: microphoneWords, customer: tabWords };

async function start(side: Side, deviceId?: string): Promise<void> {
  if (isOver) return;
  const opened = side === 'rep' ? await openMicrophone(deviceId, told(side)) : await openTab(told(side));
  if (typeof opened === 'string') {
    // Another device that does not work leaves the one that does.
    if (sources[side]) words(`${side}-state`, wordsOf[side][opened]);
    else showOff(side, wordsOf[side][opened]);
    return;
  }
  sources[side]?.stop();
  sources[side] = opened;
  words(`${side}-state`, side === 'rep' ? 'Your microphone is on.' : 'The tab’s sound is on.');
  part(`${side}-on`).hidden = false;
  part(`${side}-start`).hidden = side === 'rep';
  if (side === 'rep') await listDevices();
  // Somebody may have ended the call while the browser asked.
  if (isOver) stopSources();
}

async function listDevices(): Promise<void> {
  const options = (await microphones()).map(({ deviceId, label }, n) => new Option(label || `Microphone ${n + 1}`, deviceId));
  devices.replaceChildren(...options);
  if (sources.rep?.deviceId) devices.value = sources.rep.deviceId;
}

button('rep-start').onclick = () => void start('rep');
button('customer-start').onclick = () => void start('customer');
devices.onchange = () => void start('rep', devices.value);
button('agreed').onclick = () => line.decide('granted');
button('refused').onclick = () => line.decide('refused');
button('stop').onclick = () => line.stop();
navigator.mediaDevices?.addEventListener('devicechange', () => void listDevices());
