/** A field in a statement; `compared` is the literal beside it, as a value. */
interface Mention {
  field: string;
  compared?: string | number | boolean | null;
}

interface Statement {
  object: string;
  mentions: Mention[];
}

/** The plain statements our Worker makes: no functions, no subqueries. Undefined for anything else, so that nothing passes unread. */
export function readSoql(soql: string): Statement | undefined {
  const tokens = soql.match(/'(?:\\.|[^'\\])*'|\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+))?|[\w.]+|[<>!]=|\S/g) ?? [];
  const from = tokens.findIndex((token) => token.toUpperCase() === 'FROM');
  const object = tokens[from + 1];
  const selected = tokens.slice(1, from).filter((token) => token !== ',');
  if (tokens[0]?.toUpperCase() !== 'SELECT' || from < 2 || !object || !selected.every(isName)) return undefined;
  const mentions: Mention[] = selected.map((field) => ({ field }));
  for (const [index, token] of tokens.entries()) {
    if (index < from + 2 || !isName(token) || words.has(token.toUpperCase())) continue;
    if (tokens[index + 1] === '(') return undefined;
    mentions.push({ field: token, ...comparedTo(tokens.slice(index + 1)) });
  }
  return { object, mentions };
}

const isName = (token: string) => /^[A-Za-z][\w.]*$/.test(token);

const words = new Set(
  ['WHERE', 'AND', 'OR', 'NOT', 'IN', 'LIKE', 'ORDER', 'BY', 'ASC', 'DESC', 'NULLS', 'FIRST', 'LAST', 'LIMIT', 'OFFSET'].concat(
    'TRUE',
    'FALSE',
    'NULL',
  ),
);
const operators = new Set(['=', '!=', '<', '>', '<=', '>=', 'LIKE', 'IN']);

function comparedTo(after: readonly string[]): Pick<Mention, 'compared'> {
  const rest = after[0]?.toUpperCase() === 'NOT' ? after.slice(1) : after;
  if (!operators.has(rest[0]?.toUpperCase() ?? '')) return {};
  const literal = rest[1] === '(' ? rest[2] : rest[1];
  if (literal === undefined) return {};
  if (literal.startsWith("'")) return { compared: literal.slice(1, -1) };
  if (/^\d+(\.\d+)?$/.test(literal)) return { compared: Number(literal) };
  const word = literal.toLowerCase();
  if (word === 'null') return { compared: null };
  if (word === 'true' || word === 'false') return { compared: word === 'true' };
  return { compared: literal };
}
