/** JSON schemas as the vendor's structured output takes them, and the smallest answer to one. */
type Schema = Record<string, unknown>;

const KEYWORDS = new Set([
  ...['type', 'enum', 'const', 'anyOf', 'allOf', '$ref', '$defs', 'definitions', 'description', 'title', 'default'],
  ...['properties', 'required', 'additionalProperties', 'items', 'minItems', 'format'],
]);

/** The first thing the vendor would refuse, or nothing. */
export function breachOf(schema: unknown, at = 'schema'): string | undefined {
  if (!isSchema(schema)) return `${at}: must be an object`;
  for (const word of Object.keys(schema)) if (!KEYWORDS.has(word)) return `${at}: '${word}' is not supported`;
  if (schema.type === 'object' && schema.additionalProperties !== false) return `${at}: 'additionalProperties' must be false`;
  if (schema.minItems !== undefined && schema.minItems !== 0 && schema.minItems !== 1) return `${at}: 'minItems' must be 0 or 1`;
  for (const group of ['properties', '$defs', 'definitions']) {
    for (const [name, inner] of Object.entries(isSchema(schema[group]) ? schema[group] : {})) {
      const breach = breachOf(inner, `${at}.${name}`);
      if (breach) return breach;
    }
  }
  for (const group of ['anyOf', 'allOf']) {
    for (const inner of Array.isArray(schema[group]) ? schema[group] : []) {
      const breach = breachOf(inner, `${at}.${group}`);
      if (breach) return breach;
    }
  }
  return schema.items === undefined ? undefined : breachOf(schema.items, `${at}.items`);
}

/** The least that satisfies the schema: empty lists, empty texts, first choices. */
export function smallest(schema: Schema, root: Schema = schema): unknown {
  const ref = schema.$ref;
  if (typeof ref === 'string') {
    const found = ref
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((inside, name) => (isSchema(inside) ? inside[name] : undefined), root);
    return isSchema(found) ? smallest(found, root) : null;
  }
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const [first] = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  if (isSchema(first)) return smallest(first, root);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const properties = isSchema(schema.properties) ? schema.properties : {};
    const required = Array.isArray(schema.required) ? schema.required : [];
    return Object.fromEntries(
      required.flatMap((name) => {
        const inner = properties[String(name)];
        return isSchema(inner) ? [[name, smallest(inner, root)]] : [];
      }),
    );
  }
  if (type === 'array') return schema.minItems === 1 && isSchema(schema.items) ? [smallest(schema.items, root)] : [];
  if (type === 'string') return '';
  if (type === 'number' || type === 'integer') return 0;
  return type === 'boolean' ? false : null;
}

export const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
