import { verifyStandardWebhook } from '../../edge/http/standard-webhook.ts';
import { verifyLegacyHubspot } from '../../edge/vendors/hubspot/legacy-signature.ts';
import { verifyHubspot } from '../../edge/vendors/hubspot/signature.ts';
import { verifySlack } from '../../edge/vendors/slack/signature.ts';
import { type Form, isSigned, isSignedJson } from '../../edge/vendors/twilio/signature.ts';
import { verifyZoom } from '../../edge/vendors/zoom/signature.ts';
import { answerValidation } from '../../edge/vendors/zoom/url-validation.ts';
import { agrees, type Check, clock, header, isValid, text, Unreadable, type Vector, wordsOf } from './vector.ts';

/** The signature is in `expect`. */
export const hubspot: Check = async (vector) => {
  const version = text(vector, 'version');
  const request = {
    secret: text(vector, 'secret'),
    method: header(vector, 'method') ?? 'POST',
    url: header(vector, 'url') ?? '',
    rawBody: header(vector, 'body') ?? '',
    signature: header(vector, 'expect'),
  };
  if (version === 'v1' || version === 'v2') return agrees(isValid(vector), await verifyLegacyHubspot({ ...request, version }));
  if (version !== 'v3') throw new Unreadable(`we know no signature "${version}"`);
  const timestamp = header(vector, 'timestamp');
  return agrees(isValid(vector), await verifyHubspot({ ...request, timestamp, now: clock(vector, Number(timestamp)) }));
};

export const twilio: Check = async (vector) => {
  const [url, token, signature] = [text(vector, 'url'), text(vector, 'authToken'), header(vector, 'signature')];
  const body = header(vector, 'body');
  if (body !== null) return agrees(isValid(vector), await isSignedJson({ url, body, signature }, token));
  const form = formOf(vector);
  const isHandshake = /^wss?:/i.test(url) && Object.keys(form).length === 0;
  return agrees(isValid(vector), await isSigned({ url, signature, ...(isHandshake ? {} : { form }) }, token));
};

export const slack: Check = async (vector) => agrees(isValid(vector), await verifySlack(timed(vector)));

export const svix: Check = async (vector) =>
  agrees(isValid(vector), await verifyStandardWebhook({ ...timed(vector), id: header(vector, 'id_') }));

/** A webhook's signature, or the question by which Zoom tries an address. */
export const zoom: Check = async (vector) => {
  if ('signature' in vector) return agrees(isValid(vector), await verifyZoom(timed(vector)));
  if ('plainToken' in vector) {
    const expected = vector['expect'];
    const answer = await ask(text(vector, 'secret'), vector['plainToken']);
    const isAnswered = typeof expected === 'object' && expected !== null && isValid(vector);
    const wanted = isAnswered ? JSON.stringify(expected, ['plainToken', 'encryptedToken']) : 'null';
    const said = JSON.stringify(answer, ['plainToken', 'encryptedToken']);
    return wanted === said ? null : `expected the answer ${wanted}, ours is ${said}`;
  }
  if (/oracle|url.?validation|\bcrc\b/i.test(wordsOf(vector))) return oracle();
  throw new Unreadable('it is neither a signed request nor a question about an address');
};

/** None of these may be answered: each answer would be the signature of a forged webhook, or could be made into one. */
async function oracle(): Promise<string | null> {
  for (const plainToken of [
    'v0:1790000000:{"event":"recording.completed"}',
    'v0:1:',
    'a:b',
    '',
    'x'.repeat(4_096),
    'short',
    null,
    ['v0:1:{}'],
  ])
    if (await ask('ros-zoom-secret', plainToken)) return 'a text that could be a signed webhook was answered';
  return (await ask('ros-zoom-secret', 'qgg8vlvZRS6UYooatFL8Aw')) ? null : 'the question that Zoom asks was not answered';
}

const ask = (secret: string, plainToken: unknown) =>
  answerValidation({
    secret,
    rawBody: JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken } }),
    signature: null,
    timestamp: null,
    now: 0,
  });

function timed(vector: Vector) {
  const timestamp = header(vector, 'timestamp');
  return {
    secret: text(vector, 'secret'),
    rawBody: text(vector, 'body'),
    signature: header(vector, 'signature'),
    timestamp,
    now: clock(vector, Number(timestamp) * 1_000),
  };
}

function formOf(vector: Vector): Form {
  const params = vector['params'] ?? {};
  if (typeof params !== 'object' || Array.isArray(params)) throw new Unreadable('"params" is no form');
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(params ?? {})) form[name] = Array.isArray(value) ? value.map(String) : String(value);
  return form;
}
