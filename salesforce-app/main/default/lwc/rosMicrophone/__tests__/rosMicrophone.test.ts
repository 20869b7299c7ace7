import call from '@salesforce/apex/RosEdge.call';
import RosMicrophone from 'c/rosMicrophone';
import { no, yes } from '../../../../../test/samples';
import { clear, find, settle, show, text } from '../../../../../test/stage';

jest.mock('@salesforce/apex/RosEdge.call', () => ({ default: jest.fn() }), { virtual: true });
const apex = call as unknown as jest.Mock;
const ticket = { url: 'wss://live.example/media/browser/call-1', token: 't1' };
const begun = yes({ callId: 'call-1', url: 'https://ros.example/listen/call-1', expiresAt: '2026-11-21T10:00:00Z', microphone: ticket });

class Socket {
  static made: Socket[] = [];
  bufferedAmount = 0;
  binaryType = '';
  sent: (string | Uint8Array)[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  url: string;
  protocols: string[];

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
    Socket.made.push(this);
  }
  send(data: string | Uint8Array) {
    this.sent.push(data);
  }
  close() {}
  tell(down: unknown) {
    this.onmessage?.({ data: JSON.stringify(down) });
  }
  hello(consent = 'granted', nextSeq = 0, resume = 't2') {
    this.tell({ type: 'hello', nextSeq, elapsedMs: 5000, consent, resume });
  }
  /** Number and whether it begins, of every chunk. */
  get chunks(): string[] {
    return this.sent.filter((one): one is Uint8Array => typeof one !== 'string').map((one) => `${one[7]}${one[2] === 1 ? ' begins' : ''}`);
  }
}

class Recorder {
  static made: Recorder[] = [];
  static isTypeSupported = () => true;
  state = 'inactive';
  ondataavailable: ((event: unknown) => void) | null = null;
  onstop: (() => void) | null = null;

  constructor() {
    Recorder.made.push(this);
  }
  start() {
    this.state = 'recording';
  }
  stop() {
    this.state = 'inactive';
    this.speak(9);
    this.onstop?.();
  }
  speak(byte: number) {
    this.ondataavailable?.({ data: { size: 1, arrayBuffer: async () => Uint8Array.of(byte).buffer } });
  }
}

const track = { onended: null as (() => void) | null, getSettings: () => ({ deviceId: 'd1' }), stop: jest.fn() };
const stream = { getAudioTracks: () => [track], getTracks: () => [track] };
const getUserMedia = jest.fn();
const socket = (n = Socket.made.length - 1) => Socket.made[n] as Socket;
const recorder = () => Recorder.made.at(-1) as Recorder;

async function open(props = {}) {
  const element = show('c-ros-microphone', RosMicrophone, { objectApiName: 'Opportunity', recordId: '0065f000000DEALAAA', ...props });
  await settle();
  return element;
}
async function press(element: HTMLElement, button = '.start') {
  find(element, button).dispatchEvent(new CustomEvent('click'));
  await settle();
}
async function started(props = {}) {
  apex.mockResolvedValue(begun);
  const element = await open(props);
  await press(element);
  return element;
}
async function speak(times = 1) {
  for (let n = 0; n < times; n++) {
    recorder().speak(n);
    await settle();
  }
}

describe('c-ros-microphone', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    Socket.made = [];
    Recorder.made = [];
    sessionStorage.clear();
    getUserMedia.mockReset().mockResolvedValue(stream);
    Object.assign(globalThis, { WebSocket: Socket, MediaRecorder: Recorder });
    Object.defineProperty(navigator, 'mediaDevices', {
      configurable: true,
      value: {
        getUserMedia,
        enumerateDevices: async () => [
          { kind: 'audioinput', deviceId: 'd1', label: 'Headset' },
          { kind: 'audioinput', deviceId: 'd2', label: '' },
        ],
      },
    });
  });
  afterEach(() => {
    clear();
    apex.mockReset();
    jest.useRealTimers();
    Object.defineProperty(document, 'featurePolicy', { configurable: true, value: undefined });
  });

  test('a press opens the microphone, begins the call and brings its ticket to the socket, outside the address', async () => {
    const begins: string[] = [];
    apex.mockResolvedValue(begun);
    const element = await open();
    element.addEventListener('begun', (event: Event) => begins.push((event as CustomEvent<{ callId: string }>).detail.callId));
    await press(element);
    const body = JSON.parse(apex.mock.calls[0][0].body) as { microphone: unknown };
    expect(body.microphone).toEqual({ hears: 'rep', origin: window.location.origin });
    expect({ url: socket().url, protocols: socket().protocols, begins }).toEqual({
      url: ticket.url,
      protocols: ['ros.opus.v1', 'token.t1'],
      begins: ['call-1'],
    });
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test('the rep says in one press that everybody in the room is heard', async () => {
    apex.mockResolvedValue(begun);
    const element = await open();
    find(element, 'lightning-radio-group').dispatchEvent(new CustomEvent('change', { detail: { value: 'everyone' } }));
    await press(element);
    expect(JSON.parse(apex.mock.calls[0][0].body).microphone.hears).toBe('everyone');
  });

  test('not a byte is recorded before the yes, and none after it was taken back', async () => {
    const element = await started();
    socket().hello('unknown');
    await settle();
    expect({ recorders: Recorder.made.length, says: text(element) }).toMatchObject({ recorders: 0 });
    socket().tell({ type: 'consent', consent: 'granted' });
    await speak(2);
    expect(socket().chunks).toEqual(['0 begins', '1']);
    socket().tell({ type: 'consent', consent: 'expired' });
    await speak();
    expect(socket().chunks).toEqual(['0 begins', '1']);
    socket().tell({ type: 'consent', consent: 'granted' });
    await speak();
    expect(socket().chunks).toEqual(['0 begins', '1', '2 begins']);
  });

  test('a cut line is opened again with the next ticket, and gets what it does not have', async () => {
    await started();
    socket().hello();
    await speak(3);
    socket().tell({ type: 'ack', nextSeq: 1 });
    socket().onclose?.({ code: 1006 });
    await speak(2);
    jest.advanceTimersByTime(300);
    expect(socket(1).protocols).toEqual(['ros.opus.v1', 'token.t2']);
    socket(1).hello('granted', 2, 't3');
    expect(socket(1).chunks).toEqual(['2', '3', '4']);
  });

  test('of a long cut the newest seconds are kept, as recordings that begin with their head', async () => {
    await started();
    socket().hello();
    await speak(1);
    socket().onclose?.({ code: 1006 });
    await speak(100);
    jest.advanceTimersByTime(300);
    socket(1).hello('granted', 1, 't3');
    const [first] = socket(1).chunks;
    expect(first).toMatch(/begins$/);
    expect(socket(1).chunks.length).toBeGreaterThan(15);
    expect(socket(1).chunks.length).toBeLessThanOrEqual(41);
  });

  test('what is refused begins anew; refused again and again, it gives up and says so', async () => {
    const element = await started();
    socket().hello();
    await speak(2);
    for (let n = 0; n < 3; n++) {
      socket(n).onclose?.({ code: 4400 });
      jest.advanceTimersByTime(5_000);
      if (n === 0) {
        socket(1).hello('granted', 2);
        await speak();
        expect(socket(1).chunks).toEqual(['2 begins']);
      } else socket(n + 1)?.hello('granted', 3);
    }
    await settle();
    expect({ sockets: Socket.made.length, on: find(element, '.stop') }).toEqual({ sockets: 3, on: null });
  });

  test.each([4404, 4408, 4409])('after %i no other socket is opened, and the microphone is off', async (code) => {
    const element = await started();
    socket().hello();
    await settle();
    track.stop.mockClear();
    socket().onclose?.({ code });
    jest.advanceTimersByTime(60_000);
    await settle();
    expect({ sockets: Socket.made.length, on: find(element, '.stop') }).toEqual({ sockets: 1, on: null });
    expect(track.stop).toHaveBeenCalled();
  });

  test('the last words are sent before the goodbye', async () => {
    const element = await started();
    socket().hello();
    await speak();
    await press(element, '.stop');
    await settle();
    expect(socket().chunks).toEqual(['0 begins', '1']);
    expect(socket().sent.at(-1)).toBe('{"type":"stop"}');
  });

  test('where the org forbids the microphone no call is begun, and our page is offered', async () => {
    Object.defineProperty(document, 'featurePolicy', { configurable: true, value: { allowsFeature: () => false } });
    const element = await open();
    await press(element);
    expect(apex).not.toHaveBeenCalled();
    expect(find(element, 'c-ros-listen')).not.toBeNull();
    expect(find(element, '.state').textContent).not.toBe('');
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  });

  test.each<[string, boolean]>([
    ['NotAllowedError', true],
    ['NotFoundError', false],
    ['NotReadableError', false],
  ])('%s is said in a sentence', async (name, offersPage) => {
    getUserMedia.mockRejectedValue(new DOMException('no', name));
    const element = await open();
    await press(element);
    expect({ page: find(element, 'c-ros-listen') !== null, begun: apex.mock.calls.length }).toEqual({ page: offersPage, begun: 0 });
    expect(find(element, '.state').textContent).not.toBe('');
  });

  test('a call that may not be begun lets the microphone go', async () => {
    apex.mockResolvedValue(no('no-permission'));
    const element = await open();
    track.stop.mockClear();
    await press(element);
    expect(find(element, 'c-ros-error-panel').code).toBe('no-permission');
    expect(track.stop).toHaveBeenCalled();
  });

  test('while another call runs there is nothing to start; our own goes on after the page was loaded anew', async () => {
    expect(find(await open({ callId: 'call-9' }), '.start')).toBeNull();
    await started();
    clear();
    expect(find(await open({ callId: 'call-1' }), '.start')).not.toBeNull();
  });

  test('a component that is taken away lets the microphone go', async () => {
    await started();
    track.stop.mockClear();
    clear();
    expect(track.stop).toHaveBeenCalled();
  });
});
