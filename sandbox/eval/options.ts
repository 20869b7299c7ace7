import { existsSync, readFileSync } from 'node:fs';

/** Names given as JSON on the command line, as a JSON file, or as a file with one name a line. */
export function competitorsOf(given: string | undefined): string[] {
  if (given === undefined || given.trim() === '') return [];
  const text = existsSync(given) ? readFileSync(given, 'utf8') : given;
  const isJson = text.trim().startsWith('[');
  const names: unknown = isJson ? JSON.parse(text) : text.split('\n');
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string' && name.trim() !== '') : [];
}
