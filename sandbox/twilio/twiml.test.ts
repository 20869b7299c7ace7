import { expect, test } from 'vitest';
import { readTwiml } from './twiml.ts';

const wrap = (inside: string) => `<?xml version="1.0"?><Response>${inside}</Response>`;
const stream = (attributes: string, inside = '') => wrap(`<Start><Stream ${attributes}>${inside}</Stream></Start>`);
const codeOf = (source: string) => {
  const plan = readTwiml(source);
  return 'code' in plan ? plan.code : 'taken';
};

test('takes the verbs the product uses, with comments and entities', () => {
  expect(readTwiml(wrap('<!-- hi --><Say>A &amp; B &#39;c&#x27;</Say><Dial><Number>+14155550142</Number></Dial>'))).toEqual({
    say: ["A & B 'c'"],
    dial: '+14155550142',
  });
});

// 12100 and 12200: twilio.com/docs/api/errors.
test.each([
  ['', 12100],
  ['{"ok":true}', 12100],
  ['<Response><Say>hi</Response>', 12100],
  ['<Response/><Response/>', 12100],
  ['<Response><Say>a & b</Say></Response>', 12100],
  ['<Respond/>', 12100],
  ['<Response><Say a="1" a="2"/></Response>', 12100],
])('refuses what is no document: %s', (source, code) => {
  expect(codeOf(source)).toBe(code);
});

test.each([
  ['an unknown verb', wrap('<Sing>la</Sing>')],
  ['a verb in another case', wrap('<say>hi</say>')],
  ['an unknown attribute', wrap('<Say mood="glad">hi</Say>')],
  ['a verb in the wrong place', wrap('<Stream url="wss://a.example/x"/>')],
  ['loose text', wrap('hello')],
  ['a stream without an address', stream('name="a"')],
  ['a stream that is not wss', stream('url="https://a.example/x"')],
  ['plain ws to the world', stream('url="ws://a.example/x"')],
  ['a query in the address', stream('url="wss://a.example/x?call=1"')],
  ['an unknown track', stream('url="wss://a.example/x" track="both"')],
  ['two parameters of one name', stream('url="wss://a.example/x"', '<Parameter name="a" value="1"/><Parameter name="a" value="2"/>')],
  ['a parameter of 500 characters', stream('url="wss://a.example/x"', `<Parameter name="a" value="${'x'.repeat(499)}"/>`)],
  ['a number without its country', wrap('<Dial>555 0142</Dial>')],
])('refuses %s', (_, source) => {
  expect(codeOf(source)).toBe(12200);
});

test('takes plain ws on this machine alone', () => {
  expect(codeOf(stream('url="ws://127.0.0.1:8701/x"'))).toBe('taken');
});

test('refuses an answer larger than 64 KB', () => {
  expect(codeOf(wrap(`<Say>${'x'.repeat(65_000)}</Say>`))).toBe(11750);
});
