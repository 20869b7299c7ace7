import type { Plugin } from 'rollup';

const MARK = '\0salesforce:';

/** The `@salesforce/*` modules that only the platform has: Apex methods, labels and who is signed in. */
export const platformImports = (labels: ReadonlyMap<string, string>): Plugin => ({
  name: 'platform-imports',
  resolveId(id) {
    if (id.startsWith('@salesforce/apex/') || id === '@salesforce/user/Id') return MARK + id;
    return id.startsWith('@salesforce/label/c.') ? MARK + id : null;
  },
  load(id) {
    if (!id.startsWith(MARK)) return null;
    const [, kind, name = ''] = id.slice(MARK.length).split('/');
    if (kind === 'apex') return `import { apexMethod } from 'host/apex'; export default apexMethod(${JSON.stringify(name)});`;
    if (kind === 'user') return "export default document.body.dataset.user ?? '';";
    const label = labels.get(name);
    if (label === undefined) throw new Error(`custom label ${name} is missing`);
    return `export default ${JSON.stringify(label)};`;
  },
});
