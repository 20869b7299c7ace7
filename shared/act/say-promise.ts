import type { NextStep } from '../contracts/insight.ts';
import { sayFullDate, sayTime } from '../kit/time.ts';

/**
 * A step with its day in words that stay true whenever they are read: "Send the plan by Thursday" → "Send the plan by Thursday,
 * November 19". Without a known day the words of the call stand. `text` is the step's own unless reworded by the caller.
 */
export function sayStep(step: NextStep, zone: string, text = step.text): string {
  const said = upperFirst(bare(text));
  if (step.dueAt === undefined) return said;
  return `${withoutDue(said, step.dueText)} ${dayOf(step.dueAt, step, zone)}`;
}

function dayOf(dueAt: string, { owner, dueText }: NextStep, zone: string): string {
  const day = sayFullDate(dueAt, zone);
  if (owner !== 'both') return `by ${day}`;
  return saysHour(dueText) ? `on ${day} at ${sayTime(dueAt, zone)}` : `on ${day}`;
}

function withoutDue(said: string, dueText: string | undefined): string {
  if (!dueText) return said;
  const left = said.replace(new RegExp(`[\\s,]*(\\b(by|on|at|until|before)\\s+)?${literal(dueText.trim())}`, 'iu'), '');
  return left === '' ? said : left;
}

const hours = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon';
const hourSaid = new RegExp(`\\bat (\\d|half|${hours})|\\bnoon\\b|\\d\\s*(am|pm|a\\.m\\.|p\\.m\\.)|\\d:\\d\\d|o['’]clock`, 'i');
const saysHour = (dueText: string | undefined): boolean => dueText !== undefined && hourSaid.test(dueText);

export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? '';

export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Lower case at the start, unless the first word is a name or an acronym that keeps its own. */
export const lowerFirst = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/** Without the full stop it may end with. */
export const bare = (text: string): string => text.trim().replace(/[.!]+$/, '');

/** For a place inside a regular expression. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
