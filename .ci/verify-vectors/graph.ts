import { constants, createCipheriv, createHmac, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import type { GraphAnswer } from '../../edge/ports/meeting-hosts.ts';
import { readNotifications } from '../../edge/vendors/graph/notifications.ts';
import { type Check, text, Unreadable, wordsOf } from './vector.ts';

const address = 'https://ros.example.com/hooks/graph';
const clientState = 'a-secret-of-one-subscription';
const publisher = '0bf30f3b-4a52-48df-9a82-234910c4a086';
const certificate = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const dataKey = Buffer.from(Array.from({ length: 32 }, (_, n) => n));

/**
 * Graph's vectors are told in words: a request that asks for our address, or a notification that is wrong in a way. The answer is held
 * against the statuses that the words name, and `notices`, all that is ever put in a queue, against what they say of it.
 */
export const graph: Check = async (vector) => {
  const expected = text(vector, 'expect');
  const request = vector['request'];
  if (typeof request === 'string' && /validationToken=/.test(request)) return handshake(request, expected);
  if (/lifecycle|reauthorization|subscriptionRemoved/i.test(wordsOf(vector))) return lifecycle(expected);
  const fitting = cases.filter(({ when }) => when.test(wordsOf(vector)));
  if (fitting.length === 0) throw new Unreadable('we have no notification for this case');
  const honest = [await send({ value: [notice()] }), await send({ value: [rich()], validationTokens: ['graph'] })];
  if (honest.some(({ status, notices }) => status !== 202 || notices.length !== 1)) return 'even an honest notification is refused';
  for (const { when, bodies } of fitting) {
    for (const [n, body] of bodies().entries()) {
      const answer = await send(body);
      if (answer.notices.length > 0) return `notification ${n + 1} made for ${when} was believed`;
      const wrong = mismatch(answer, expected);
      if (wrong) return wrong;
    }
  }
  return null;
};

/** What happens to a subscription is told like any other notification, and believed on the same terms. */
async function lifecycle(expected: string): Promise<string | null> {
  for (const lifecycleEvent of ['missed', 'subscriptionRemoved', 'reauthorizationRequired']) {
    const answer = await send({ value: [notice({ lifecycleEvent, changeType: undefined })] });
    if (answer.notices[0]?.lifecycleEvent !== lifecycleEvent) return `"${lifecycleEvent}" was not read`;
    const wrong = mismatch(answer, expected);
    if (wrong) return wrong;
    if ((await send({ value: [notice({ lifecycleEvent, clientState: 'x' })] })).notices.length > 0)
      return `a forged "${lifecycleEvent}" was believed`;
  }
  return null;
}

async function handshake(request: string, expected: string): Promise<string | null> {
  const [, method, path = ''] = /^(\S+) (\S+)/.exec(request) ?? [];
  if (method !== 'POST') throw new Unreadable('Graph asks for an address by POST');
  const url = new URL(path, address);
  const answer = await readNotifications({ url: url.href, rawBody: '' }, deps);
  const wrong = mismatch(answer, expected);
  if (wrong || answer.status !== 200) return wrong;
  const type = answer.headers['content-type'] ?? '';
  if (!/^text\/plain\b/.test(type) || answer.headers['x-content-type-options'] !== 'nosniff') return `the echo goes out as "${type}"`;
  if (answer.notices.length > 0) return 'the question for an address was taken for a notification';
  return answer.body === url.searchParams.get('validationToken') ? null : 'the echo is not the decoded token';
}

/** "202/401 …": any of them will do. Without a number in its words a case asks for a refusal alone. */
function mismatch({ status }: GraphAnswer, expected: string): string | null {
  const statuses = /\b[1-5]\d\d(?:\s*(?:\/|or)\s*[1-5]\d\d)*\b/.exec(expected)?.[0].match(/\d{3}/g) ?? [];
  return statuses.length === 0 || statuses.some((one) => one === String(status))
    ? null
    : `expected ${statuses.join(' or ')}, our answer is ${status}`;
}

const deps: Parameters<typeof readNotifications>[1] = {
  clientStateOf: async (id) => (id === 's-1' ? clientState : id === 's-2' ? 'another-secret' : undefined),
  // Stands for the JWT check, whose own group is `jwt`: only this one text is a token for us.
  openToken: async (token) => (token === 'graph' ? { azp: publisher } : token === 'stranger' ? { azp: 'another-application' } : null),
  certificateKeyOf: async (id) =>
    id === 'c-1'
      ? crypto.subtle.importKey(
          'pkcs8',
          Uint8Array.from(certificate.privateKey.export({ format: 'der', type: 'pkcs8' })),
          { name: 'RSA-OAEP', hash: 'SHA-1' },
          false,
          ['decrypt'],
        )
      : undefined,
};

const send = (body: unknown) => readNotifications({ url: address, rawBody: typeof body === 'string' ? body : JSON.stringify(body) }, deps);

const notice = (more: Record<string, unknown> = {}) => ({
  subscriptionId: 's-1',
  clientState,
  changeType: 'created',
  resource: "communications/onlineMeetings('m')/transcripts('t')",
  tenantId: 't-1',
  ...more,
});

function sealed(key: Buffer = dataKey) {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  const data = Buffer.concat([cipher.update('{"id":"t"}'), cipher.final()]);
  return {
    data: data.toString('base64'),
    dataKey: publicEncrypt({ key: certificate.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, key).toString(
      'base64',
    ),
    dataSignature: createHmac('sha256', key).update(data).digest('base64'),
    encryptionCertificateId: 'c-1',
  };
}

const rich = (more: Record<string, unknown> = {}) => notice({ encryptedContent: { ...sealed(), ...more } });
const flipped = (base64: string) => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
};

/** Each body must be refused whole. */
const cases: { when: RegExp; bodies: () => unknown[] }[] = [
  {
    when: /client.?state/i,
    bodies: () =>
      ['another-secret', '', clientState.slice(0, -1), `${clientState} `, clientState.toUpperCase(), null, undefined, 7, [clientState]].map(
        (state) => ({
          value: [notice({ clientState: state })],
        }),
      ),
  },
  {
    when: /unknown|foreign|subscription.?id|other (tenant|subscription)|another (tenant|subscription)/i,
    bodies: () => [
      { value: [notice({ subscriptionId: 's-2' })] },
      { value: [notice({ subscriptionId: 's-9' })] },
      { value: [notice({ subscriptionId: undefined })] },
    ],
  },
  {
    when: /data.?signature|hmac|tamper|\brich\b|encrypt|decrypt|cipher|data.?key|padding|oaep/i,
    bodies: () => {
      const whole = sealed();
      const wrong = [
        { data: flipped(whole.data) },
        { data: '' },
        { dataSignature: flipped(whole.dataSignature) },
        { dataSignature: '' },
        { dataSignature: whole.dataSignature.slice(0, -4) },
        { dataKey: flipped(whole.dataKey) },
        { dataKey: 'not base64!' },
        { dataKey: sealed(Buffer.alloc(32, 7)).dataKey },
        { encryptionCertificateId: 'c-2' },
      ];
      return wrong.map((more) => ({ value: [rich(more)], validationTokens: ['graph'] }));
    },
  },
  {
    when: /validationTokens|\bjwt\b|\baud\b|audience|azp|appid|publisher/i,
    bodies: () =>
      [undefined, null, [], ['stranger'], ['forged'], ['graph', 'forged'], ''].map((validationTokens) => ({
        value: [rich()],
        validationTokens,
      })),
  },
  {
    when: /malformed|not json|invalid json|garbage|empty body|bad body|oversi/i,
    bodies: () => ['', '{', 'null', '[]', '{"value":{}}', '{"value":null}', { value: Array.from({ length: 1_001 }, () => notice()) }],
  },
];
