/** What Graph puts beside a notification that carries its resource; every member but the ids is base64. */
export interface EncryptedContent {
  data: string;
  dataKey: string;
  dataSignature: string;
}

/**
 * The resource inside a rich notification, or `null`: the key unwrapped with RSA-OAEP (SHA-1), the HMAC-SHA256 of the ciphertext checked
 * under it, and only then AES-256-CBC opened, whose vector is the key's first 16 bytes. learn.microsoft.com/graph, "change notifications
 * with resource data". `certificateKey` is the private key (RSA-OAEP, SHA-1, `decrypt`) of the certificate that the subscription named.
 */
export async function openContent(content: EncryptedContent, certificateKey: CryptoKey): Promise<unknown> {
  const [data, wrapped, signature] = [fromBase64(content.data), fromBase64(content.dataKey), fromBase64(content.dataSignature)];
  if (!data || !wrapped || !signature || signature.length !== 32) return null;
  try {
    const key = new Uint8Array(await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, certificateKey, wrapped));
    if (key.length !== 32) return null;
    const proof = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
    // Before decrypting: an answer that tells bad padding from a bad signature would open the text byte by byte.
    if (!(await crypto.subtle.verify('HMAC', proof, signature, data))) return null;
    const cipher = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt']);
    const plain = await crypto.subtle.decrypt({ name: 'AES-CBC', iv: key.slice(0, 16) }, cipher, data);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)) as unknown;
  } catch {
    return null;
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
