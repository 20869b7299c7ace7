import twilio from 'twilio';
import { describe, expect, test } from 'vitest';
import { signature as twinSignature } from '../../../sandbox/twilio/sign.ts';
import { isSigned, isSignedJson, sign } from './signature.ts';

// Published in Twilio's documentation and in its own library's tests.
const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const form = { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' };
const published = 'RSOYDt4T1cUTdK1PDd93/VVr8B8=';
const { getExpectedTwilioSignature, validateRequest } = twilio as unknown as {
  getExpectedTwilioSignature(token: string, url: string, form: Record<string, string>): string;
  validateRequest(token: string, signature: string, url: string, form: Record<string, string>): boolean;
};

describe('a form', () => {
  test('is signed as Twilio published it', async () => {
    expect(await isSigned({ url, form, signature: published }, '12345')).toBe(true);
    const other = { ...form, Caller: '+12349013030', From: '+12349013030' };
    expect(await isSigned({ url, form: other, signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=' }, '12345')).toBe(true);
  });

  test('is signed alike by the library, by us and by the twin', async () => {
    const all = [await sign(url, form, '12345'), twinSignature('12345', url, form), getExpectedTwilioSignature('12345', url, form)];
    expect(all).toEqual([published, published, published]);
    const voice = { From: '+1', CallStatus: 'ringing', To: '+2', Body: 'ä é "quoted"' };
    expect(
      validateRequest('t', twinSignature('t', 'http://127.0.0.1:8701/twilio/voice', voice), 'http://127.0.0.1:8701/twilio/voice', voice),
    ).toBe(true);
  });

  test('may be signed with or without the port', async () => {
    const said = 'https://ros.example.com:443/voice';
    expect(await isSigned({ url: 'https://ros.example.com/voice', form, signature: await sign(said, form, 't') }, 't')).toBe(true);
    expect(await isSigned({ url: said, form, signature: await sign('https://ros.example.com/voice', form, 't') }, 't')).toBe(true);
  });

  test('may be signed for its address with the query rewritten, as the library allows', async () => {
    for (const [said, heard] of [
      ["https://a.example/p?q=it's+me", 'https://a.example/p?q=it%27s+me'],
      ["https://a.example/p?q=it's%20me", 'https://a.example/p?q=it%27s+me'],
      ['https://a.example/p?a=1&a=3&b=2', 'https://a.example/p?a=1&b=2&a=3'],
      ['https://user:pass@a.example:443/p?q=', 'https://user:pass@a.example/p?q'],
    ] as const) {
      const signature = await sign(said, form, 't');
      expect([said, await isSigned({ url: heard, form, signature }, 't')]).toEqual([said, validateRequest('t', signature, heard, form)]);
    }
    expect(await isSigned({ url: 'https://a.example/p?q=b', form, signature: await sign('https://a.example/p?q=B', form, 't') }, 't')).toBe(
      false,
    );
  });

  test('takes each of several values once, in order', async () => {
    const many = { Address: ['+2', '+1', '+2'] };
    expect(await isSigned({ url, form: many, signature: await sign(url, { Address: ['+1', '+2'] }, 't') }, 't')).toBe(true);
    expect(await isSigned({ url, form: many, signature: await sign(url, { Address: '+1' }, 't') }, 't')).toBe(false);
  });

  test('is refused when anything in it moved', async () => {
    const verdicts = await Promise.all([
      isSigned({ url, form: { ...form, Digits: '1235' }, signature: published }, '12345'),
      isSigned({ url: `${url}&more=1`, form, signature: published }, '12345'),
      isSigned({ url, form, signature: published }, '12346'),
      isSigned({ url, form, signature: published }, ''),
      isSigned({ url, form, signature: null }, '12345'),
      isSigned({ url, form, signature: 'WRONG_SIGNATURE' }, '12345'),
      isSigned({ url: 'no address', form, signature: published }, '12345'),
      // A handshake's freedom with the slash is not a form's.
      isSigned({ url: 'https://ros.example.com/voice/', form, signature: await sign('https://ros.example.com/voice', form, 't') }, 't'),
    ]);
    expect(verdicts).toEqual(verdicts.map(() => false));
  });
});

describe('a socket handshake', () => {
  const at = 'https://ros.example.com/ws/twilio/t_1';

  test('is signed for the wss address, with or without a slash at its end', async () => {
    expect(await isSigned({ url: at, signature: 'cH5EgJp4g9aOWkQh518D8mWAbKg=' }, 'tw_auth_token_test')).toBe(true);
    expect(await isSigned({ url: at, signature: 'nK8oT0G0iN6SLAyeJL+hLY76DI0=' }, 'tw_auth_token_test')).toBe(true);
    expect(await isSigned({ url: at.replace('https', 'wss'), signature: 'nK8oT0G0iN6SLAyeJL+hLY76DI0=' }, 'tw_auth_token_test')).toBe(true);
  });

  test('on this machine is signed for the ws address', async () => {
    const signature = twinSignature('t', 'ws://127.0.0.1:8701/twilio/media');
    expect(await isSigned({ url: 'http://127.0.0.1:8701/twilio/media', signature }, 't')).toBe(true);
    expect(await isSigned({ url: 'http://127.0.0.1:8701/twilio/other', signature }, 't')).toBe(false);
  });
});

test('a JSON body is signed through its hash in the address', async () => {
  const address = `${url}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`;
  const body = '{"property": "value", "boolean": true}';
  const signature = 'a9nBmqA0ju/hNViExpshrM61xv4=';
  expect(await isSignedJson({ url: address, body, signature }, '12345')).toBe(true);
  expect(await isSignedJson({ url: address, body: `${body} `, signature }, '12345')).toBe(false);
  expect(await isSignedJson({ url, body, signature: published }, '12345')).toBe(false);
});
