import { type ImportView, type Moment, moment } from '../../contracts/playbook.ts';
import { plainWords } from '../tokens.ts';
import { readCells } from './read-cells.ts';
import { refuseMoment } from './refuse-moment.ts';

const MOMENTS_MAX = 500;
type Refused = ImportView['refused'][number];

/**
 * Moments from a table (CSV, or pasted from a sheet) whose first line names its columns, or from lines of "name: phrase; phrase => advice".
 * Every line becomes a moment or is refused with a sentence; none is dropped. What is read is not enabled, and has none of the ids `taken`.
 */
export function importMoments(text: string, taken: ReadonlySet<string> = new Set()): ImportView {
  const rows = readCells(text);
  const columns = rows[0] && columnsOf(rows[0].cells);
  const read = columns
    ? rows.slice(1).map((row) => ({ ...row, draft: fromCells(row.cells, columns) }))
    : linesOf(text).map((row) => ({ ...row, draft: fromLine(row.text) }));
  const moments: Moment[] = [];
  const refused: Refused[] = [];
  const ids = new Set<string>(taken);
  for (const { line, text: raw, draft } of read) {
    const why =
      typeof draft === 'string' ? draft : moments.length >= MOMENTS_MAX ? `More than ${MOMENTS_MAX} at once; import it by itself.` : null;
    if (why !== null || typeof draft === 'string') {
      refused.push({ line, text: raw, why: why ?? '' });
      continue;
    }
    const made = moment.safeParse({ ...draft, id: freeId(draft.name, ids) });
    const refusal = made.success ? refuseMoment(made.data) : (made.error.issues[0]?.message ?? 'It cannot be read.');
    if (refusal === null && made.success) {
      moments.push(made.data);
      ids.add(made.data.id);
    } else refused.push({ line, text: raw, why: refusal ?? '' });
  }
  return { moments, refused, said: summary(moments.length, refused.length) };
}

type Draft = { name: string } & Record<string, unknown>;
type Column = keyof typeof HEADS;

/** What a column can be called. */
const HEADS = {
  name: ['name', 'title', 'rule', 'moment', 'trigger name', 'card'],
  phrases: ['phrases', 'phrase', 'trigger', 'triggers', 'trigger phrases', 'keywords', 'words'],
  not: ['not', 'except', 'negative', 'negative phrases', 'unless'],
  said: ['said by', 'said', 'speaker', 'who', 'heard from'],
  say: ['say', 'advice', 'suggestion', 'response', 'text', 'content', 'talk track'],
  headline: ['headline', 'card title'],
  kind: ['kind', 'category', 'type'],
  question: ['question', 'as question', 'said as question', 'asked'],
  forms: ['related forms', 'forms', 'stemming'],
  priority: ['priority'],
  cooldown: ['cooldown', 'cooldown seconds'],
  most: ['max per call', 'most per call'],
} as const;

/** Which column is where; null when the first line names no columns that make a moment. */
function columnsOf(cells: readonly string[]): Map<Column, number> | null {
  const found = new Map<Column, number>();
  for (const [at, cell] of cells.entries()) {
    const head = cell.trim().toLowerCase().replace(/[_-]+/g, ' ');
    for (const [column, names] of Object.entries(HEADS))
      if ((names as readonly string[]).includes(head) && !found.has(column as Column)) found.set(column as Column, at);
  }
  return found.has('phrases') && found.has('say') ? found : null;
}

function fromCells(cells: readonly string[], columns: Map<Column, number>): Draft | string {
  const cell = (column: Column): string => cells[columns.get(column) ?? -1]?.trim() ?? '';
  const phrases = phrasesIn(cell('phrases'));
  if (phrases.length === 0) return 'It has no phrases.';
  if (cell('say') === '') return 'It has no advice.';
  const said = SPEAKERS.get(cell('said').toLowerCase());
  if (said === undefined) return `Nobody here is called “${cell('said')}”: write rep, customer or anyone.`;
  const kind = kindOf(cell('kind'));
  if (kind === undefined) return `There is no kind “${cell('kind')}”: write price, objection, competitor, question or compliance.`;
  const isAsked = yesNo(cell('question'), false);
  const hasForms = yesNo(cell('forms'), true);
  if (isAsked === null || hasForms === null) return 'Questions and related forms are yes or no.';
  const name = cell('name') || headlineOf(phrases[0] ?? '');
  return {
    name,
    kind,
    headline: cell('headline') || shortened(name, 60),
    say: cell('say'),
    rule: { is: 'phrase', phrases, not: phrasesIn(cell('not')), said, asQuestion: isAsked, relatedForms: hasForms },
    compliance: kind === 'compliance',
    ...figure('priority', cell('priority')),
    ...figure('cooldownSeconds', cell('cooldown')),
    ...(cell('most') === '' ? {} : { ...figure('maxPerCall', cell('most')), oncePerCall: Number(cell('most')) === 1 }),
  };
}

/** "Name: phrase; phrase => advice". The name may be left out. */
function fromLine(text: string): Draft | string {
  const [before = '', ...after] = text.split(/\s*(?:=>|->|→|\t)\s*/);
  const say = after.join(' ').trim();
  if (say === '') return 'Write it as “name: phrase; phrase => advice”.';
  const named = /^([^:]{1,80}):\s*(.+)$/.exec(before.trim());
  const phrases = phrasesIn(named?.[2] ?? before);
  if (phrases.length === 0) return 'It has no phrases before the arrow.';
  const name = named?.[1]?.trim() ?? headlineOf(phrases[0] ?? '');
  return {
    name,
    kind: 'objection',
    headline: shortened(name, 60),
    say,
    rule: { is: 'phrase', phrases, said: 'customer' },
  };
}

const SPEAKERS = new Map<string, 'rep' | 'customer' | 'anyone'>([
  ['', 'customer'],
  ...['customer', 'them', 'prospect', 'buyer', 'client', 'caller'].map((word) => [word, 'customer'] as const),
  ...['rep', 'agent', 'me', 'us', 'you', 'seller'].map((word) => [word, 'rep'] as const),
  ...['anyone', 'both', 'any', 'everyone', 'all'].map((word) => [word, 'anyone'] as const),
]);

const KINDS = new Map<string, string>([
  ['', 'objection'],
  ...['price', 'objection', 'competitor', 'question', 'compliance'].map((kind) => [kind, kind] as const),
  ['pricing', 'price'],
  ['payment', 'price'],
  ['escalation', 'objection'],
  ['script', 'question'],
  ['general', 'question'],
]);
const kindOf = (cell: string): string | undefined => KINDS.get(cell.toLowerCase());

function yesNo(cell: string, standard: boolean): boolean | null {
  const said = cell.toLowerCase();
  if (said === '') return standard;
  if (['yes', 'y', 'true', '1', 'on', 'x'].includes(said)) return true;
  return ['no', 'n', 'false', '0', 'off'].includes(said) ? false : null;
}

const figure = (name: string, cell: string): Record<string, number> => (cell === '' ? {} : { [name]: Number(cell) });

/** Parted by semicolons, bars or line breaks; by commas only where there is nothing else. */
function phrasesIn(cell: string): string[] {
  const parts = /[;|\n]/.test(cell) ? cell.split(/[;|\n]/) : cell.split(',');
  return [...new Set(parts.map((part) => part.trim().replace(/^["“”']+|["“”']+$/g, '')).filter((part) => part !== ''))];
}

const headlineOf = (phrase: string): string => shortened(phrase.charAt(0).toUpperCase() + phrase.slice(1), 60);
const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`);

/** From the name, and with a number where that one is taken. */
function freeId(name: string, taken: ReadonlySet<string>): string {
  const base = plainWords(name)
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '')
    .join('-')
    .slice(0, 20)
    .replace(/-+$/, '');
  const stem = base === '' ? 'moment' : base;
  for (let nth = 1; ; nth += 1) {
    const id = nth === 1 ? stem : `${stem}-${nth}`;
    if (!taken.has(id)) return id;
  }
}

const linesOf = (text: string): { line: number; text: string }[] =>
  text.split(/\r\n|\r|\n/).flatMap((one, at) => (one.trim() === '' ? [] : [{ line: at + 1, text: one }]));

function summary(read: number, refused: number): string {
  const all = `${read} ${read === 1 ? 'moment' : 'moments'} read`;
  return refused === 0 ? `${all}.` : `${all}, ${refused} ${refused === 1 ? 'line' : 'lines'} not: see why below.`;
}
