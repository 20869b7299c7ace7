import { Refusal } from './refusal.ts';

/** `text` of a string is still escaped, because LIKE reads its escapes differently. */
export interface Literal {
  type: 'string' | 'number' | 'boolean' | 'null' | 'date' | 'datetime';
  text: string;
}

export interface Token {
  type: Literal['type'] | 'word' | 'op' | 'mark';
  text: string;
  at: number;
}

const shapes: readonly [Token['type'], RegExp][] = [
  ['string', /'(?:\\.|[^'\\])*'/y],
  ['datetime', /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/y],
  ['date', /\d{4}-\d\d-\d\d/y],
  ['number', /[+-]?\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y],
  ['op', /<=|>=|!=|<>|=|<|>/y],
  ['mark', /[(),]/y],
];

/** The words and signs of a statement, in order. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at++;
      continue;
    }
    const token = match(text, at);
    if (!token) throw malformed(`line 1:${at} no viable alternative at character '${text[at]}'`);
    found.push(token);
    at += token.text.length;
  }
  return found;
}

function match(text: string, at: number): Token | undefined {
  for (const [type, shape] of shapes) {
    shape.lastIndex = at;
    const hit = shape.exec(text)?.[0];
    if (hit === undefined) continue;
    if (type === 'string' && /\\[^nrtbfNRTBF"'\\_%u]/.test(hit.replaceAll('\\\\', '')))
      throw malformed(`line 1:${at} illegal character sequence in string literal`);
    return { type, text: hit, at };
  }
  return undefined;
}

export const malformed = (what: string) => new Refusal(400, 'MALFORMED_QUERY', what);
