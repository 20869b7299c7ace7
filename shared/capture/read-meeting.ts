import type { Role } from '../contracts/transcript.ts';
import { type Parsed, parseTranscript } from './parse-transcript.ts';

/** Somebody who was in a meeting, by the name that the meeting showed. */
export interface Attendee {
  name: string;
  /** Of the seller's own company. */
  isOurs: boolean;
}

/**
 * A meeting's transcript file, whose voices carry the names that the meeting showed. Whoever is ours is the rep's side, everybody else
 * the customer's; a name that belongs to one of each is nobody's.
 */
export function readMeeting(bytes: Uint8Array, file: string, people: readonly Attendee[]): Parsed {
  const read = parseTranscript(bytes, file);
  if (!read.ok) return read;
  return { ...read, utterances: read.utterances.map((said) => ({ ...said, role: sideOf(said.speaker, people) })) };
}

/** Which side a voice of this name is on. */
export function sideOf(speaker: string, people: readonly Attendee[]): Role {
  const name = plain(speaker);
  const called = people.filter((one) => plain(one.name) === name);
  const ours = called.filter(({ isOurs }) => isOurs);
  if (ours.length === 0) return 'customer';
  return ours.length === called.length ? 'rep' : 'other';
}

/** "Sam Okafor (Brightloop)" and "sam okafor" are one name. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^()]{0,80}\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
