import { createDecipheriv, hkdfSync } from 'node:crypto';

/** A tenant's key as the database holds it. */
export interface WrappedKey {
  kid: string;
  kekKid: string;
  wrapped: string;
}

const RECORD_BYTES = 64 * 1024 + 16;
const HEADER_BYTES = 20;

/**
 * Opens a stored recording by docs/decisions/0021-audio-at-rest.md alone, with nothing of the Worker's: an auditor with the master key and
 * the database could do the same. Throws when it is not what was sealed.
 */
export function readArchive(master: Buffer, tenantId: string, keys: readonly WrappedKey[], name: string, sealed: Uint8Array): Uint8Array {
  const [file = '', kid = ''] = name.split('.');
  const stored = keys.find((key) => key.kid === kid);
  if (!stored) throw new Error('The key of this recording is gone.');
  const [, iv = '', body = ''] = stored.wrapped.split('.');
  const tenantKey = open(
    master,
    Buffer.from(iv, 'base64url'),
    Buffer.from(body, 'base64url'),
    ['ros', 'w1', stored.kekKid, tenantId, kid].join('|'),
  );
  const fileKey = derive(tenantKey, Buffer.from(tenantId), `ros|file|v1|${file}`);
  const key = derive(fileKey, Buffer.from(sealed.subarray(4, HEADER_BYTES)), 'ros file');
  const bound = ['ros', 'a1', tenantId, file, kid].join('|');
  const parts: Buffer[] = [];
  const records = Math.ceil((sealed.length - HEADER_BYTES) / RECORD_BYTES);
  for (let n = 0; n < records; n++) {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(n, 4);
    nonce[11] = n === records - 1 ? 1 : 0;
    const at = HEADER_BYTES + n * RECORD_BYTES;
    parts.push(open(key, nonce, Buffer.from(sealed.subarray(at, at + RECORD_BYTES)), bound));
  }
  return new Uint8Array(Buffer.concat(parts));
}

function open(key: Buffer, nonce: Buffer, sealed: Buffer, bound: string): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound));
  cipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([cipher.update(sealed.subarray(0, sealed.length - 16)), cipher.final()]);
}

const derive = (secret: Buffer, salt: Buffer, info: string): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(info), 32));
