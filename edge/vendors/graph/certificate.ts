type Bytes = Uint8Array<ArrayBuffer>;

const YEARS = 5;
/** sha256WithRSAEncryption, with its NULL. */
const SIGNED_WITH = Uint8Array.from([0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00]);
const COMMON_NAME = Uint8Array.from([0x06, 0x03, 0x55, 0x04, 0x03]);

/**
 * A key of 2048 bits and the certificate that carries its public half, signed by itself (RFC 5280): Graph takes any certificate, and
 * only wraps keys with it. `certificate` is DER, `privateKey` PKCS #8; both base64.
 */
export async function newCertificate(nowMs: number): Promise<{ certificate: string; privateKey: string }> {
  const of = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2_048, publicExponent: Uint8Array.from([1, 0, 1]), hash: 'SHA-256' };
  const pair = (await crypto.subtle.generateKey(of, true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array((await crypto.subtle.exportKey('spki', pair.publicKey)) as ArrayBuffer);
  const privateKey = new Uint8Array((await crypto.subtle.exportKey('pkcs8', pair.privateKey)) as ArrayBuffer);
  const serial = crypto.getRandomValues(new Uint8Array(16));
  // Positive, and of one length.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const name = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, new TextEncoder().encode('Relationship OS')))));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Uint8Array.from([2]))),
    der(0x02, serial),
    SIGNED_WITH,
    name,
    der(0x30, utcTime(nowMs - 24 * 3_600_000), utcTime(nowMs + YEARS * 365 * 24 * 3_600_000)),
    name,
    publicKey,
  );
  const signature = new Uint8Array(await crypto.subtle.sign(of.name, pair.privateKey, body));
  const whole = der(0x30, body, SIGNED_WITH, der(0x03, Uint8Array.from([0]), signature));
  return { certificate: base64(whole), privateKey: base64(privateKey) };
}

/** The private half as `openContent` wants it; null when it is none. */
export async function certificateKey(privateKey: string): Promise<CryptoKey | null> {
  try {
    const bytes = Uint8Array.from(atob(privateKey), (letter) => letter.charCodeAt(0));
    return await crypto.subtle.importKey('pkcs8', bytes, { name: 'RSA-OAEP', hash: 'SHA-1' }, false, ['decrypt']);
  } catch {
    return null;
  }
}

/** Tag, length, value. */
function der(tag: number, ...parts: readonly Bytes[]): Bytes {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  const all = new Uint8Array(1 + length.length + size);
  all.set([tag, ...length]);
  let at = 1 + length.length;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** YYMMDDHHMMSSZ */
const utcTime = (atMs: number): Bytes =>
  der(0x17, new TextEncoder().encode(`${new Date(atMs).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));

const base64 = (bytes: Bytes): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
