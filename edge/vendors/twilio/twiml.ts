import type { Line } from '../../ports/line.ts';

/**
 * Says that the call is recorded, then lets both tracks run to us while the call is connected. Without a media address
 * nobody listens: nothing is announced, and the phone just rings.
 * A stream's address takes no query, so what we need to know again travels as parameters.
 */
export const answerWith: Line['answer'] = (call) => twiml(`${call.mediaUrl === '' ? '' : listen(call)}${dialOf(call)}`);

export const twiml = (verbs: string): { body: string; contentType: string } => ({
  contentType: 'text/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`,
});

type Rung = Pick<Parameters<Line['answer']>[0], 'dial' | 'toldUrl' | 'acceptUrl' | 'nextUrl' | 'ringS'>;

/** Whoever calls hears it ring until somebody has said that they take it. */
export const dialOf = ({ ringS, nextUrl, ...to }: Rung): string => {
  const bridge = to.acceptUrl === undefined ? '' : ' answerOnBridge="true"';
  const timeout = ringS === undefined ? '' : ` timeout="${ringS}"`;
  const action = nextUrl === undefined ? '' : ` action="${escaped(nextUrl)}"`;
  return `<Dial${bridge}${timeout}${action}>${dialled(to)}</Dial>`;
};

const dialled = ({ dial, toldUrl, acceptUrl }: Rung): string =>
  toldUrl === undefined
    ? escaped(dial)
    : `<Number${acceptUrl === undefined ? '' : ` url="${escaped(acceptUrl)}"`}${toldOf(toldUrl)}>${escaped(dial)}</Number>`;

/** How a phone that is rung tells how it goes. */
export const toldOf = (url: string): string =>
  ` statusCallback="${escaped(url)}" statusCallbackEvent="initiated ringing answered completed"`;

const listen = (call: Parameters<Line['answer']>[0]): string =>
  [
    `<Say>${escaped(call.announcement)}</Say>`,
    `<Start><Stream url="${escaped(call.mediaUrl)}" track="both_tracks" statusCallback="${escaped(call.statusUrl)}">`,
    `<Parameter name="callId" value="${escaped(call.callId)}"/>`,
    `<Parameter name="repTrack" value="${call.repTrack}"/>`,
    '</Stream></Start>',
  ].join('');

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? '');
