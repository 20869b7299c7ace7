import type { Strength } from '../../../shared/relate/paths/set-link.ts';

/** What is known of somebody, read anew: all of their links, or none. Strengths are as of the day the reader was asked for. */
export interface Known {
  key: string;
  /** How well they pass things on: a code, see `factorCode`. */
  factor: number;
  links: { with: string /** How readily they answer the other one. */; toThem: Strength; fromThem: Strength }[];
}

/** A member of the team has a key of this kind; whoever has another is somebody outside. */
export const memberKey = (repId: string): string => `user/${repId}`;
export const isMember = (key: string): boolean => key.startsWith('user/');
