import { reaches, unreached } from './reach.ts';

/**
 * What a search keeps of everybody: a mark, and what no path from the team exceeds in one step, in at most two and in at most three.
 * The four bytes lie in one word, because fetching it is what a search spends its time on.
 */
export type People = Int32Array;

/** A mark's low four bits are the person's factor; these lie above. */
export const marks = { factor: 15, member: 16, target: 32, known: 64, gone: 128 };

export const markOf = (word: number): number => word & 0xff;
export const codeOf = (word: number, hops: number): number => (word >>> (hops * 8)) & 0xff;

/** The score that no path of so many hops exceeds. */
export const boundOf = (word: number, hops: number): number => reaches[codeOf(word, hops)] ?? 0;

export function putMark(people: People, person: number, mark: number): void {
  people[person] = ((people[person] ?? 0) & ~0xff) | (mark & 0xff);
}

export function putCode(people: People, person: number, hops: number, code: number): void {
  people[person] = ((people[person] ?? 0) & ~(0xff << (hops * 8))) | (code << (hops * 8));
}

/** Everybody with their factor, and nobody reached. */
export const peopleOf = (codes: Uint8Array): People =>
  Int32Array.from(codes, (code) => (unreached << 24) | (unreached << 16) | (unreached << 8) | (code & marks.factor));
