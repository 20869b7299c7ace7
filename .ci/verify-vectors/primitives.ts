import { hkdfSha256, hmacSha256, isHmacSha256, openAesGcm, sealAesGcm } from '../../edge/http/crypto.ts';
import { agrees, type Check, hex, isValid, text, toHex, Unreadable } from './vector.ts';

export const hkdf: Check = async (vector) => {
  const size = vector['size'];
  if (typeof size !== 'number') throw new Unreadable('"size" is not a number');
  const made = await hkdfSha256(hex(vector, 'ikm'), hex(vector, 'salt'), hex(vector, 'info'), size);
  if (!isValid(vector)) return agrees(false, made !== null);
  if (made === null) return agrees(true, false);
  const isHashed = 'okmSha256' in vector;
  const said = isHashed ? new Uint8Array(await crypto.subtle.digest('SHA-256', made)) : made;
  return said.length > 0 && toHex(said) === text(vector, isHashed ? 'okmSha256' : 'okm').toLowerCase()
    ? null
    : 'the key derived is another';
};

export const hmac: Check = async (vector) => {
  const [key, message, tag] = [hex(vector, 'key'), hex(vector, 'msg'), hex(vector, 'tag')];
  const made = await hmacSha256(key, message);
  if (isValid(vector) !== (made !== null && toHex(made) === toHex(tag))) return 'our own tag says otherwise';
  return agrees(isValid(vector), await isHmacSha256(key, message, tag));
};

/** Opened, and where the vector is a good one also sealed again, byte for byte. */
export const aesGcm: Check = async (vector) => {
  const [key, nonce, bound, plain] = [hex(vector, 'key'), hex(vector, 'iv'), hex(vector, 'aad'), hex(vector, 'msg')];
  const sealed = Uint8Array.from([...hex(vector, 'ct'), ...hex(vector, 'tag')]);
  const opened = await openAesGcm(key, nonce, sealed, bound);
  if (!isValid(vector)) return agrees(false, opened !== null);
  if (opened === null || toHex(opened) !== toHex(plain)) return 'it does not open to its text';
  const again = await sealAesGcm(key, nonce, plain, bound);
  return again && toHex(again) === toHex(sealed) ? null : 'sealing it again gives another ciphertext';
};
