import type { Line } from '../../ports/line.ts';

/**
 * Says that the call is recorded, then lets both tracks run to us while the call is connected. Without a media address
 * nobody listens: nothing is announced, and the phone just rings.
 * A stream's address takes no query, so what we need to know again travels as parameters.
 */
export const answerWith: Line['answer'] = (call) => ({
  contentType: 'text/xml',
  body: [
    '<?xml version="1.0" encoding="UTF-8"?><Response>',
    call.mediaUrl === '' ? '' : listen(call),
    `<Dial>${escaped(call.dial)}</Dial></Response>`,
  ].join(''),
});

const listen = (call: Parameters<Line['answer']>[0]): string =>
  [
    `<Say>${escaped(call.announcement)}</Say>`,
    `<Start><Stream url="${escaped(call.mediaUrl)}" track="both_tracks" statusCallback="${escaped(call.statusUrl)}">`,
    `<Parameter name="callId" value="${escaped(call.callId)}"/>`,
    `<Parameter name="repTrack" value="${call.repTrack}"/>`,
    '</Stream></Start>',
  ].join('');

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? '');
