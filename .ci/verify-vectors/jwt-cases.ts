import { createHmac, createSign, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Jwk } from '../../edge/http/jws.ts';
import { type JwtPolicy, verifyJwt } from '../../edge/http/jwt.ts';

/** A token that must be refused: perhaps only after another one was taken, perhaps only under another policy. */
interface Attack {
  token: string;
  after?: string;
  policy?: Partial<JwtPolicy>;
}

interface Shape {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  key?: KeyObject;
}

const nowS = 1_790_000_000;
const issuer = '00D000000000001AAA';
const audience = 'https://app.example.com';
const rsa = (bits = 2_048) => generateKeyPairSync('rsa', { modulusLength: bits });
const ours = rsa();
const theirs = rsa();
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwkOf = (key: KeyObject, more: Record<string, unknown>): Jwk => ({ ...key.export({ format: 'jwk' }), use: 'sig', ...more });
const ourKey = jwkOf(ours.publicKey, { kid: 'org-1', alg: 'RS256' });
const claims = { iss: issuer, sub: '005000000000001AAA', aud: audience, iat: nowS, exp: nowS + 60, jti: 'j-1' };

/** As an org would be trusted: one key, one algorithm, short lives, each token once. */
const strict = (): JwtPolicy => {
  const seen = new Set<string>();
  const once = async (jti: string) => !seen.has(jti) && seen.add(jti) !== undefined;
  return { keys: [ourKey], algorithms: ['RS256'], issuer, audience, now: nowS * 1_000, skewS: 30, lifeMaxS: 120, needs: ['sub'], once };
};

/**
 * A case told in words is forged in every way we know that the words fit, and each token must be refused; `expectsYes` is a case that must
 * be accepted. The same policy takes the untouched token, so a refusal is the case's doing.
 */
export async function tryCase(words: string, expectsYes: boolean): Promise<string | null> {
  if (!(await verifyJwt(mint({}), strict()))) return 'even an honest token is refused';
  const fitting = (expectsYes ? honest : attacks).filter(({ when }) => when.test(words));
  if (fitting.length === 0) return 'we have no token for this case';
  for (const { when, forge } of fitting) {
    for (const [n, { token, after, policy }] of forge(words).entries()) {
      const rules = { ...strict(), ...policy };
      if (after !== undefined && !(await verifyJwt(after, rules))) return 'the token before it was refused';
      const isTaken = (await verifyJwt(token, rules)) !== null;
      if (isTaken !== expectsYes) return `token ${n + 1} made for ${when} was ${isTaken ? 'taken' : 'refused'}`;
    }
  }
  return null;
}

const encoded = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const rs256 = (text: string, key: KeyObject) => createSign('RSA-SHA256').update(text).sign(key, 'base64url');
const joined = (header: unknown, payload: unknown, signed: (text: string) => string) => {
  const text = `${encoded(header)}.${encoded(payload)}`;
  return `${text}.${signed(text)}`;
};
const mint = ({ header = {}, claims: more = {}, key = ours.privateKey }: Shape): string =>
  joined({ alg: 'RS256', typ: 'JWT', kid: 'org-1', ...header }, { ...claims, ...more }, (text) => rs256(text, key));
const raw = (header: unknown, payload: unknown): string => joined(header, payload, (text) => rs256(text, ours.privateKey));
const withHeader = (header: Record<string, unknown>): Attack => ({ token: mint({ header }) });
const withClaims = (more: Record<string, unknown>): Attack => ({ token: mint({ claims: more }) });
const withKeyOf = (key: KeyObject, shape: Shape = {}): Attack => ({ token: mint({ ...shape, key }) });
const hmac = (alg: string, secret: string | Buffer, header: Record<string, unknown> = {}): Attack => ({
  token: joined({ alg, typ: 'JWT', kid: 'org-1', ...header }, claims, (text) =>
    createHmac(`sha${alg.slice(2)}`, secret)
      .update(text)
      .digest('base64url'),
  ),
});

const good = mint({});
const [head = '', body = '', tail = ''] = good.split('.');

const honest: { when: RegExp; forge: () => Attack[] }[] = [
  { when: /\baud\b.*(array|list)|(array|list).*\baud\b/i, forge: () => [withClaims({ aud: ['https://other.example', audience] })] },
  { when: /skew|leeway|tolerance/i, forge: () => [withClaims({ exp: nowS - 29, iat: nowS - 80 }), withClaims({ iat: nowS + 29 })] },
  { when: /valid|good|happy|control|baseline/i, forge: () => [{ token: good }] },
];

const attacks: { when: RegExp; forge: (words: string) => Attack[] }[] = [
  {
    when: /\bnone\b|unsecured|unsigned/i,
    forge: () =>
      ['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg) => {
        const text = `${encoded({ alg, typ: 'JWT', kid: 'org-1' })}.${body}`;
        return [{ token: `${text}.` }, { token: text }, { token: `${text}.${tail}` }, withHeader({ alg })];
      }),
  },
  {
    // The public key, in each form it is published in, taken for a shared secret.
    when: /\bconfusion|public key.*(secret|hmac)|\bHS(256|384|512)\b/i,
    forge: () => {
      const forms = [
        ours.publicKey.export({ format: 'pem', type: 'spki' }),
        ours.publicKey.export({ format: 'der', type: 'spki' }),
        ours.publicKey.export({ format: 'pem', type: 'pkcs1' }),
        JSON.stringify(ourKey),
        String(ourKey.n),
      ];
      return ['HS256', 'HS384', 'HS512'].flatMap((alg) => forms.map((form) => hmac(alg, form)));
    },
  },
  {
    when: /\balg|algorithm|downgrade|pinned|\b[RPE]S(256|384|512)\b/i,
    forge: () => [
      ...['rs256', 'Rs256', 'RS256 ', 'RS384', 'RS512', 'PS256', 'ES256', 'RS1', 'A128GCMKW', null, ['RS256'], 256].map((alg) =>
        withHeader({ alg }),
      ),
      { token: raw({ typ: 'JWT', kid: 'org-1' }, claims) },
      {
        token: joined({ alg: 'RS512', typ: 'JWT', kid: 'org-1' }, claims, (text) =>
          createSign('RSA-SHA512').update(text).sign(ours.privateKey, 'base64url'),
        ),
      },
    ],
  },
  {
    when: /\bkid\b|key id/i,
    forge: (words) => {
      const told = /kid\s*[=:]\s*(\S+)/i.exec(words)?.[1] ?? '../../dev/null';
      const kids = [
        told,
        '../../../dev/null',
        "x' UNION SELECT 'k' --",
        '| whoami',
        'https://evil.example/k',
        'org-2',
        'ORG-1',
        'org-1\u0000',
        '',
        null,
        1,
        ['org-1'],
        {},
      ];
      return kids.flatMap((kid) => [
        withHeader({ kid }),
        withKeyOf(theirs.privateKey, { header: { kid } }),
        ...['', '\u0000', 'k'].map((secret) => hmac('HS256', secret, { kid })),
      ]);
    },
  },
  {
    when: /jku|x5u|x5c|\bjwk\b|embedded|jwks/i,
    forge: () => {
      const named = [{ jku: 'https://evil.example/jwks.json' }, { x5u: 'https://evil.example/cert.pem' }, { x5c: ['MIIB'] }];
      const brought = [...named, { jwk: theirs.publicKey.export({ format: 'jwk' }) }];
      return brought.flatMap((header) => [
        withKeyOf(theirs.privateKey, { header }),
        withKeyOf(theirs.privateKey, { header: { ...header, kid: 'k' } }),
        withHeader(header),
      ]);
    },
  },
  {
    when: /\bcrit\b|\bb64\b/i,
    forge: () => [
      ...[['b64'], ['exp'], ['x'], [], 'b64', null].map((crit) => withHeader({ crit })),
      withHeader({ crit: ['b64'], b64: false }),
      withHeader({ b64: false }),
      withHeader({ crit: ['x'], x: 1 }),
    ],
  },
  {
    when: /\baud(ience)?\b/i,
    forge: () =>
      [
        `${audience}.evil.com`,
        'app.example.com.evil.com',
        `${audience}/`,
        audience.toUpperCase(),
        ` ${audience}`,
        'https://app.example.co',
        'app.example.com',
        '*',
        '',
        null,
        [],
        [`${audience}.evil.com`],
        [[audience]],
        [audience, 7],
        { 0: audience },
        true,
        undefined,
      ].map((aud) => withClaims({ aud })),
  },
  {
    when: /\biss(uer)?\b|\bmix-?up|\btenant|\borg/i,
    forge: () => [
      ...['00D000000000002AAA', issuer.toLowerCase(), `${issuer}/`, ` ${issuer}`, '', null, [issuer], 0, undefined].map((iss) =>
        withClaims({ iss }),
      ),
      withKeyOf(theirs.privateKey),
      withKeyOf(theirs.privateKey, { header: { kid: 'org-2' } }),
    ],
  },
  { when: /\bsub(ject)?\b/i, forge: () => ['', null, 5, [], undefined].map((sub) => withClaims({ sub })) },
  {
    when: /\biat\b|\bissued\b/i,
    forge: () =>
      [nowS + 3_600, nowS + 31, 9e15, -1, String(nowS), null, undefined, '', [nowS], nowS * 1_000].map((iat) =>
        withClaims({ iat, exp: Math.max(nowS + 60, Number(iat ?? 0) + 60) }),
      ),
  },
  {
    when: /\bnbf\b|not.?before|not yet/i,
    forge: () => [nowS + 31, nowS + 3_600, String(nowS), null, 9e15, [nowS]].map((nbf) => withClaims({ nbf })),
  },
  {
    when: /\bexp\b|\bexpir|\blifetime|\blong-?lived|\bttl\b|valid for/i,
    forge: () => [
      ...[
        nowS - 30,
        nowS - 3_600,
        0,
        -1,
        String(nowS + 60),
        '',
        null,
        undefined,
        true,
        [nowS + 60],
        (nowS + 60) * 1_000,
        nowS + 121,
        9e15,
      ].map((exp) => withClaims({ exp })),
      { token: raw({ alg: 'RS256', kid: 'org-1' }, JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e400')) },
      { token: raw({ alg: 'RS256', kid: 'org-1' }, JSON.stringify(claims).replace(/"exp":\d+/, '"exp":NaN')) },
    ],
  },
  {
    when: /duplicate|twice|repeated (claim|key|name|member)/i,
    forge: () => {
      const text = JSON.stringify(claims);
      const twins = ['"iss":"x",', '"exp":1,', '"\\u0061ud":"https://evil.example",', '"sub":"x",'];
      return [
        ...twins
          .flatMap((twin) => [text.replace('{', `{${twin}`), text.replace(/}$/, `,${twin.slice(0, -1)}}`)])
          .map((payload) => ({
            token: raw({ alg: 'RS256', kid: 'org-1' }, payload),
          })),
        { token: raw('{"alg":"none","alg":"RS256","kid":"org-1"}', claims) },
        { token: raw('{"alg":"RS256","alg":"none","kid":"org-1"}', claims) },
      ];
    },
  },
  {
    when: /\bjti\b|replay|deny-?list|logout|revo[ck]|re-?use|single.?use/i,
    forge: () => [
      { token: good, after: good },
      { token: mint({ claims: { exp: nowS + 61 } }), after: good },
      { token: good, policy: { once: async () => false } },
      ...['', null, 7, undefined, ['j-1']].map((jti) => withClaims({ jti })),
    ],
  },
  {
    when: /\bsign(ed|ature|ing)|tamper|modif|\balter|\bforg|\bstrip|\bflip|truncat|wrong key|other key|another key|unknown key|\brotat|\bretired|attacker/i,
    forge: () => [
      ...[
        `${head}.${body}.`,
        `${head}.${body}`,
        `${head}.${body}.${tail.slice(0, -4)}`,
        `${head}.${body}.${tail}AAAA`,
        `${head}.${body}.${tail.replace(/^./, (a) => (a === 'A' ? 'B' : 'A'))}`,
      ].map((token) => ({ token })),
      { token: `${head}.${encoded({ ...claims, sub: 'admin' })}.${tail}` },
      { token: `${encoded({ alg: 'RS256', kid: 'org-1', x: 1 })}.${body}.${tail}` },
      withKeyOf(theirs.privateKey),
      { token: good, policy: { keys: [jwkOf(theirs.publicKey, { kid: 'org-1' })] } },
      { token: good, policy: { keys: [] } },
    ],
  },
  {
    when: /\becdsa|\bpsychic|\bES(256|384|512)\b|\bzeros?\b|\bDER\b|21449/i,
    forge: () => {
      const policy: Partial<JwtPolicy> = { keys: [jwkOf(curve.publicKey, { kid: 'ec' })], algorithms: ['ES256'] };
      const made = (signature: (text: string) => string) => ({ token: joined({ alg: 'ES256', kid: 'ec' }, claims, signature), policy });
      const der = (text: string) => sign('sha256', Buffer.from(text), curve.privateKey).toString('base64url');
      return [made(() => encoded('\u0000'.repeat(64))), made(der), made(() => 'AA'), made((text) => rs256(text, ours.privateKey))];
    },
  },
  {
    when: /\bweak|\bshort\b|\bsmall\b|\b1024\b|512.?bit|\bguess|\bbrute/i,
    forge: () => {
      const small = rsa(1_024);
      const secret = Buffer.from('secret');
      return [
        { token: mint({ key: small.privateKey }), policy: { keys: [jwkOf(small.publicKey, { kid: 'org-1' })] } },
        {
          ...hmac('HS256', secret),
          policy: { keys: [{ kty: 'oct', kid: 'org-1', k: secret.toString('base64url') }], algorithms: ['HS256'] },
        },
        { ...hmac('HS256', ''), policy: { keys: [{ kty: 'oct', kid: 'org-1', k: '' }], algorithms: ['HS256'] } },
      ];
    },
  },
  {
    when: /\b(white)?spaces?\b|\bpadd(ed|ing)|base64|newline|line break|canonical|\bencod|\btrailing|\bleading|\bCRLF\b|url-?safe|bearer/i,
    forge: () =>
      [
        ` ${good}`,
        `${good} `,
        `${good}\n`,
        `${good}=`,
        `${good}==`,
        `${head}=.${body}.${tail}`,
        `${head}. ${body}.${tail}`,
        `Bearer ${good}`,
        `${good}.`,
        `.${good}`,
        `${head}.${body}.${tail}\u0000`,
        `${head}.${body}.${spare(tail)}`,
        good.replaceAll('-', '+').replaceAll('_', '/').replace(/$/, '='),
        encodeURIComponent(`${good}\t`),
      ].map((token) => ({ token })),
  },
  {
    when: /json (serial|general|flat)|\bflattened|\bgeneral json/i,
    forge: () => [
      { token: JSON.stringify({ protected: head, payload: body, signature: tail }) },
      { token: JSON.stringify({ payload: body, signatures: [{ protected: head, signature: tail }] }) },
    ],
  },
  {
    when: /\b(jwe|nested|segments?|parts?|dots?|four|five|two|empty|missing (header|payload))\b|\bencrypted/i,
    forge: () => [
      ...['', '.', '..', '...', head, `${head}.${body}`, `${good}.x`, `${good}.x.y`, `${head}..${tail}`, `.${body}.${tail}`].map(
        (token) => ({ token }),
      ),
      withHeader({ alg: 'RSA-OAEP', enc: 'A256GCM' }),
      { token: raw({ alg: 'RS256', kid: 'org-1', cty: 'JWT' }, good) },
      withHeader({ cty: 'JWT' }),
    ],
  },
  {
    when: /\btyp\b|cross.?jwt|\bid.?token|\baccess.?token|\brefresh|substitut|purpose|logout token/i,
    forge: () =>
      ['at+jwt', 'logout+jwt', 'dpop+jwt', 'secevent+jwt', 'JOSE', 'application/at+jwt', 7, ''].map((typ) => withHeader({ typ })),
  },
  {
    when: /\blarge\b|\bhuge\b|\boversi|too (big|long)|\bMB\b|\bKB\b|\bdos\b|\bbomb|\bdeep|\bdepth|\bcompress|\bzip\b/i,
    forge: () => [
      withClaims({ pad: 'x'.repeat(1_000_000) }),
      withHeader({ pad: 'x'.repeat(100_000) }),
      {
        token: raw(
          { alg: 'RS256', kid: 'org-1' },
          JSON.stringify({ ...claims, deep: 0 }).replace('0}', `${'['.repeat(2_000)}${']'.repeat(2_000)}}`),
        ),
      },
      { token: 'a'.repeat(1_000_000) },
    ],
  },
  {
    when: /\butf|\bunicode|invalid json|\bmalformed|not json|not an object|\bgarbage|\bbinary|\bBOM\b|prototype|__proto__|null byte|\bjson (array|text|number)/i,
    forge: () =>
      [
        '',
        '{',
        '[]',
        '"text"',
        'null',
        '1',
        `\uFEFF${JSON.stringify(claims)}`,
        `${JSON.stringify(claims)} {}`,
        JSON.stringify([claims]),
      ].map((payload) => ({
        token: raw({ alg: 'RS256', kid: 'org-1' }, payload),
      })),
  },
];

/** The same bytes with a spare bit set in the last sign, if the last sign has one. */
function spare(text: string): string {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = signs.indexOf(text.at(-1) ?? 'A');
  return text.length % 4 === 0 ? `${text}=` : `${text.slice(0, -1)}${signs[last + 1] ?? 'A'}`;
}
