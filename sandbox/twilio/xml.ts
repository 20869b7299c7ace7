export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** Well-formed XML without DTDs and CDATA, or an Error that says where it stops being that. */
export function parseXml(source: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token =
    /<\?xml[^>]*\?>|<!--[\s\S]*?-->|<\/\s*([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)|[\s\S]/g;
  for (const match of source.matchAll(token)) {
    const [whole, closing, opening, attributes = '', selfClosed, text] = match;
    const parent = open.at(-1) ?? root;
    if (whole.startsWith('<?xml') || whole.startsWith('<!--')) continue;
    if (closing !== undefined) {
      if (open.length === 1 || parent.name !== closing) throw new Error(`unexpected </${closing}>`);
      open.pop();
    } else if (opening !== undefined) {
      if (open.length === 1 && root.children.length > 0) throw new Error('more than one root element');
      const element: Element = { name: opening, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (!selfClosed) open.push(element);
    } else if (text !== undefined) {
      if (open.length === 1 && text.trim() !== '') throw new Error('text outside the root element');
      parent.text += decoded(text);
    } else throw new Error(`unexpected character at ${match.index}`);
  }
  const [document] = root.children;
  if (open.length !== 1 || !document) throw new Error('the document is not complete');
  return document;
}

function attributesOf(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single] of source.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name in attributes) throw new Error(`attribute ${name} is given twice`);
    attributes[name] = decoded(double ?? single ?? '');
  }
  return attributes;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w*);?/gi, (whole, name: string) => {
    if (!whole.endsWith(';')) throw new Error('a bare &');
    if (name.startsWith('#'))
      return String.fromCodePoint(Number(name.toLowerCase().startsWith('#x') ? `0${name.slice(1)}` : name.slice(1)));
    const letter = ENTITIES[name];
    if (letter === undefined) throw new Error(`unknown entity &${name};`);
    return letter;
  });
}
