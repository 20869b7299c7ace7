import type { Telephone } from '../../ports/telephone.ts';
import { dialOf, escaped, toldOf, twiml } from './twiml.ts';

const KEY_S = 8;

/**
 * Rings the customer for the rep who picked up. What the customer hears first is said on their own line, before the two are connected;
 * the rep hears it ring until then. Nothing comes after the `Dial`, so whoever hangs up ends it for both.
 */
export const bridgeWith: Telephone['bridge'] = ({ dial, from, announceUrl, toldUrl, ringS }) =>
  twiml(
    `<Dial callerId="${escaped(from)}" timeout="${ringS}"><Number url="${escaped(announceUrl)}"${toldOf(toldUrl)}>${escaped(dial)}</Number></Dial>`,
  );

/** No key in time, and the next verb is the end of it. */
export const acceptWith: Telephone['accept'] = ({ question, acceptedUrl }) =>
  twiml(`<Gather numDigits="1" timeout="${KEY_S}" action="${escaped(acceptedUrl)}"><Say>${escaped(question)}</Say></Gather><Hangup/>`);

export const ringNextWith: Telephone['ringNext'] = (to) => twiml(dialOf(to));

export const sayWith: Telephone['say'] = (words) => twiml(words === null ? '' : `<Say>${escaped(words)}</Say>`);

export const goodbye: Telephone['goodbye'] = () => twiml('<Hangup/>');
