/** The part of TwiML this product may use; anything else is an error here, as the vendor's schema makes it one. */
import { type Element, parseXml } from './xml.ts';

export interface Plan {
  say: string[];
  stream?: {
    url: string;
    track: 'inbound_track' | 'outbound_track' | 'both_tracks';
    statusCallback?: string;
    parameters: Record<string, string>;
  };
  dial?: string;
  callerId?: string;
  /** A key is waited for; without one, what stands behind it is done. */
  gather?: { action: string; timeoutS: number };
  /** Where to ask what comes when the dialled phone is done. */
  action?: string;
  /** How the phone that is dialled tells how it goes, and what it is told first. */
  number?: { url?: string; statusCallback?: string; events: string[] };
  isHangup?: true;
}

/** A notification in the vendor's debugger. 12100: not a TwiML document; 12200: not valid TwiML. */
export interface Notification {
  code: number;
  message: string;
}

class Invalid extends Error {}

interface Verb {
  attributes: readonly string[];
  children: readonly string[];
  hasText: boolean;
}

const VERBS: Record<string, Verb> = {
  Response: { attributes: [], children: ['Say', 'Start', 'Dial', 'Pause', 'Hangup', 'Gather'], hasText: false },
  Say: { attributes: ['voice', 'language', 'loop'], children: [], hasText: true },
  Pause: { attributes: ['length'], children: [], hasText: false },
  Gather: {
    attributes: ['input', 'numDigits', 'timeout', 'action', 'method', 'finishOnKey', 'actionOnEmptyResult'],
    children: ['Say', 'Pause'],
    hasText: false,
  },
  Hangup: { attributes: [], children: [], hasText: false },
  Start: { attributes: ['action', 'method'], children: ['Stream'], hasText: false },
  Stream: { attributes: ['url', 'name', 'track', 'statusCallback', 'statusCallbackMethod'], children: ['Parameter'], hasText: false },
  Parameter: { attributes: ['name', 'value'], children: [], hasText: false },
  Dial: {
    attributes: ['action', 'method', 'timeout', 'timeLimit', 'callerId', 'answerOnBridge', 'hangupOnStar', 'ringTone', 'record', 'trim'],
    children: ['Number'],
    hasText: true,
  },
  Number: {
    attributes: ['statusCallback', 'statusCallbackEvent', 'statusCallbackMethod', 'sendDigits', 'url', 'method'],
    children: [],
    hasText: true,
  },
};

export function readTwiml(source: string): Plan | Notification {
  if (Buffer.byteLength(source) > 64_000) return { code: 11750, message: 'The answer is larger than 64 KB.' };
  let document: Element;
  try {
    document = parseXml(source);
  } catch (error) {
    return { code: 12100, message: `Document parse failure: ${error instanceof Error ? error.message : ''}.` };
  }
  if (document.name !== 'Response') return { code: 12100, message: 'Document parse failure: the root element is not Response.' };
  try {
    check(document);
    return planOf(document);
  } catch (error) {
    if (error instanceof Invalid) return { code: 12200, message: `Schema validation: ${error.message}.` };
    throw error;
  }
}

function check(element: Element): void {
  const verb = VERBS[element.name];
  if (!verb) throw new Invalid(`${element.name} is not known here`);
  for (const name of Object.keys(element.attributes)) {
    if (!verb.attributes.includes(name)) throw new Invalid(`${element.name} has no attribute ${name}`);
  }
  if (!verb.hasText && element.text.trim() !== '') throw new Invalid(`${element.name} takes no text`);
  for (const child of element.children) {
    if (!verb.children.includes(child.name)) throw new Invalid(`${child.name} does not belong in ${element.name}`);
    check(child);
  }
}

function planOf(document: Element): Plan {
  const plan: Plan = { say: [] };
  for (const verb of document.children) {
    if (verb.name === 'Say') plan.say.push(verb.text.trim());
    if (verb.name === 'Start') plan.stream = streamOf(verb);
    if (verb.name === 'Gather') plan.gather = gatherOf(verb);
    if (verb.name === 'Hangup') plan.isHangup = true;
    if (verb.name !== 'Dial') continue;
    plan.dial = numberOf(verb);
    if (verb.attributes['callerId'] !== undefined) plan.callerId = verb.attributes['callerId'];
    const { action } = verb.attributes;
    if (action !== undefined && !URL.canParse(action)) throw new Invalid('Dial has an action that is no address');
    if (action !== undefined) plan.action = action;
    const told = verb.children[0] && toldOf(verb.children[0]);
    if (told) plan.number = told;
  }
  return plan;
}

function gatherOf({ attributes: { action = '', timeout = '5', numDigits = '1' } }: Element): NonNullable<Plan['gather']> {
  if (!URL.canParse(action)) throw new Invalid('Gather has an action that is no address');
  if (!/^[1-9]\d{0,2}$/.test(timeout) || !/^[1-9]\d?$/.test(numDigits)) throw new Invalid('Gather has a number that is none');
  return { action, timeoutS: Number(timeout) };
}

function streamOf(start: Element): NonNullable<Plan['stream']> {
  const [stream, ...others] = start.children;
  if (!stream || others.length > 0) throw new Invalid('Start holds one Stream');
  const { url = '', track = 'inbound_track', statusCallback } = stream.attributes;
  if (track !== 'inbound_track' && track !== 'outbound_track' && track !== 'both_tracks') throw new Invalid('track is not valid');
  const wrong = streamAddress(url);
  if (wrong !== undefined) throw new Invalid(wrong);
  if (statusCallback !== undefined && !URL.canParse(statusCallback)) throw new Invalid('statusCallback is not an address');
  const parameters: Record<string, string> = {};
  for (const { attributes } of stream.children) {
    const { name = '', value = '' } = attributes;
    if (name === '' || name in parameters) throw new Invalid('a Parameter needs a name of its own');
    if (name.length + value.length >= 500) throw new Invalid('a Parameter is too long');
    parameters[name] = value;
  }
  return { url, track, parameters, ...(statusCallback === undefined ? {} : { statusCallback }) };
}

/** Why a stream cannot go to this address; undefined when it can. */
export function streamAddress(url: string): string | undefined {
  const address = URL.parse(url);
  const isLoopback = address?.hostname === '127.0.0.1' || address?.hostname === 'localhost';
  // The vendor takes wss alone; on this machine there is no certificate to speak it with.
  if (address?.protocol !== 'wss:' && !(address?.protocol === 'ws:' && isLoopback)) return 'Stream needs a wss address';
  return /[?#]/.test(url) ? 'a Stream address takes no query' : undefined;
}

const EVENTS = ['initiated', 'ringing', 'answered', 'completed'];

function toldOf({ attributes }: Element): Plan['number'] {
  const { url, statusCallback, statusCallbackEvent = 'completed' } = attributes;
  for (const one of [url, statusCallback])
    if (one !== undefined && !URL.canParse(one)) throw new Invalid('Number has an address that is none');
  const events = statusCallbackEvent.split(' ').filter(Boolean);
  if (events.some((event) => !EVENTS.includes(event))) throw new Invalid('statusCallbackEvent is not valid');
  if (url === undefined && statusCallback === undefined) return undefined;
  return { events, ...(url === undefined ? {} : { url }), ...(statusCallback === undefined ? {} : { statusCallback }) };
}

function numberOf(dial: Element): string {
  const number = (dial.children[0]?.text ?? dial.text).trim();
  if (!/^\+[1-9]\d{6,14}$/.test(number)) throw new Invalid('Dial needs a number in E.164 form');
  return number;
}
