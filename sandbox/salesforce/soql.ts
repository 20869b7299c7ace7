import { Refusal } from './refusal.ts';
import { type Literal, malformed, type Token, tokens } from './soql-tokens.ts';

export interface Query {
  /** SELECT COUNT() */
  counts: boolean;
  items: ({ field: string } | { sub: Query })[];
  from: string;
  where: Condition | undefined;
  order: { field: string; down: boolean; nullsLast: boolean }[];
  limit: number | undefined;
  offset: number;
}

export type Condition =
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'compare'; field: string; op: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like'; value: Literal }
  | { kind: 'in'; field: string; not: boolean; values: Literal[] };

const queryMaxChars = 100_000;

/** One SOQL statement of the subset we use; anything else is MALFORMED_QUERY. */
export function parse(text: string): Query {
  if (text.length > queryMaxChars)
    throw new Refusal(400, 'QUERY_TOO_COMPLICATED', 'SOQL statements cannot be longer than 100000 characters.');
  const reader = new Reader(tokens(text));
  const query = reader.query();
  reader.end();
  return query;
}

const reserved = new Set([
  'and',
  'asc',
  'desc',
  'from',
  'group',
  'having',
  'in',
  'like',
  'limit',
  'not',
  'nulls',
  'or',
  'select',
  'where',
  'with',
]);

class Reader {
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  query(): Query {
    this.#need('select');
    const items: Query['items'] = [];
    const counts = this.#isCount();
    if (!counts) {
      do items.push(this.#takes('(') ? this.#sub() : { field: this.#name() });
      while (this.#takes(','));
    }
    this.#need('from');
    const from = this.#name();
    const where = this.#takes('where') ? this.#condition() : undefined;
    const order = this.#takes('order') ? this.#order() : [];
    const limit = this.#takes('limit') ? this.#whole() : undefined;
    const offset = this.#takes('offset') ? this.#whole() : 0;
    return { counts, items, from, where, order, limit, offset };
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token) throw malformed(`unexpected token: '${token.text}'`);
  }

  #isCount(): boolean {
    if (!this.#takes('count')) return false;
    this.#need('(');
    this.#need(')');
    return true;
  }

  #sub(): { sub: Query } {
    const sub = this.query();
    this.#need(')');
    return { sub };
  }

  /** AND and OR do not mix without brackets. */
  #condition(): Condition {
    const first = this.#term();
    const kind = this.#is('and') ? 'and' : this.#is('or') ? 'or' : undefined;
    if (!kind) return first;
    const parts = [first];
    while (this.#takes(kind)) parts.push(this.#term());
    if (this.#is('and') || this.#is('or')) throw malformed(`unexpected token: '${this.#tokens[this.#at]?.text}'`);
    return { kind, parts };
  }

  #term(): Condition {
    if (this.#takes('not')) return { kind: 'not', part: this.#term() };
    if (this.#takes('(')) {
      const inner = this.#condition();
      this.#need(')');
      return inner;
    }
    const field = this.#name();
    const not = this.#takes('not');
    if (this.#takes('in')) return { kind: 'in', field, not, values: this.#list() };
    if (not) throw malformed("unexpected token: 'not'");
    if (this.#takes('like')) return { kind: 'compare', field, op: 'like', value: this.#literal() };
    return { kind: 'compare', field, op: this.#operator(), value: this.#literal() };
  }

  #list(): Literal[] {
    this.#need('(');
    const values = [this.#literal()];
    while (this.#takes(',')) values.push(this.#literal());
    this.#need(')');
    return values;
  }

  #order(): Query['order'] {
    this.#need('by');
    const order: Query['order'] = [];
    do {
      const field = this.#name();
      const down = this.#takes('desc');
      if (!down) this.#takes('asc');
      let nullsLast = false;
      if (this.#takes('nulls')) {
        nullsLast = this.#takes('last');
        if (!nullsLast) this.#need('first');
      }
      order.push({ field, down, nullsLast });
    } while (this.#takes(','));
    return order;
  }

  #operator(): '=' | '!=' | '<' | '<=' | '>' | '>=' {
    const token = this.#next();
    switch (token.text) {
      case '<>':
        return '!=';
      case '=':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return token.text;
      default:
        throw malformed(`unexpected token: '${token.text}'`);
    }
  }

  #literal(): Literal {
    const token = this.#next();
    if (token.type === 'string') return { type: 'string', text: token.text.slice(1, -1) };
    if (token.type === 'number' || token.type === 'date' || token.type === 'datetime') return { type: token.type, text: token.text };
    const word = token.text.toLowerCase();
    if (word === 'true' || word === 'false') return { type: 'boolean', text: word };
    if (word === 'null') return { type: 'null', text: word };
    throw malformed(`unexpected token: '${token.text}'`);
  }

  #whole(): number {
    const token = this.#next();
    if (!/^\d+$/.test(token.text)) throw malformed(`unexpected token: '${token.text}'`);
    return Number(token.text);
  }

  #name(): string {
    const token = this.#next();
    if (token.type !== 'word' || reserved.has(token.text.toLowerCase())) throw malformed(`unexpected token: '${token.text}'`);
    return token.text;
  }

  #is(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token !== undefined && token.type !== 'string' && token.text.toLowerCase() === text;
  }

  #takes(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #need(text: string): void {
    if (!this.#takes(text)) throw malformed(`unexpected token: '${this.#tokens[this.#at]?.text ?? '<EOF>'}', expecting '${text}'`);
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw malformed("unexpected token: '<EOF>'");
    return token;
  }
}
