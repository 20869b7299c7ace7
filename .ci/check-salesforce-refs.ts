import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Relative path → text of every file of the package's `main/default`. */
export type Files = ReadonlyMap<string, string>;

/** What `sfdx-project.json` says of the package. */
interface Project {
  apiVersion: string;
  /** Classes that run when it is installed or taken out. */
  scripts: readonly string[];
}

/** Every reference that points at nothing, one sentence each; Salesforce itself would say so only on deploy. */
export function checkSalesforceRefs(files: Files, { apiVersion, scripts }: Project): string[] {
  return [
    ...scripts.filter((name) => !files.has(`classes/${name}.cls`)).map((name) => `sfdx-project.json: class ${name} is missing`),
    ...apexImports(files),
    ...labelImports(files),
    ...components(files),
    ...permissionSets(files),
    ...credentials(files),
    ...versions(files, apiVersion),
  ];
}

/** Files whose path ends so, generated contracts aside. */
const ending = (files: Files, ...ends: string[]) =>
  [...files].filter(([path]) => ends.some((end) => path.endsWith(end)) && !path.includes('/rosContracts/'));
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

function apexImports(files: Files): string[] {
  return ending(files, '.ts').flatMap(([path, text]) =>
    found(text, /from '@salesforce\/apex\/([\w.]+)'/g).flatMap((name) => {
      const [className, method] = name.split('.');
      const source = files.get(`classes/${className}.cls`) ?? '';
      const served = new RegExp(`@AuraEnabled(\\([^)]*\\))?\\s+(public|global) static [\\w<>, .]+ ${method}\\(`).test(source);
      return served ? [] : [`${path}: ${name} is not an @AuraEnabled static method`];
    }),
  );
}

function labelImports(files: Files): string[] {
  const labels = new Set(found(files.get('labels/CustomLabels.labels-meta.xml') ?? '', /<fullName>(\w+)<\/fullName>/g));
  const used = ending(files, '.ts').flatMap(([path, text]) => found(text, /@salesforce\/label\/c\.(\w+)/g).map((name) => ({ path, name })));
  const names = new Set(used.map((one) => one.name));
  return [
    ...used.filter((one) => !labels.has(one.name)).map((one) => `${one.path}: label ${one.name} is missing`),
    ...[...labels].filter((name) => !names.has(name)).map((name) => `labels: ${name} is used nowhere`),
  ];
}

/** In modules (`c/rosX`), templates (`<c-ros-x>`) and pages (`rosX`). */
function components(files: Files): string[] {
  const here = (name: string) => files.has(`lwc/${name}/${name}.js-meta.xml`);
  const camel = (tag: string) => tag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const used = [
    ...ending(files, '.ts').flatMap(([path, text]) => found(text, /from 'c\/(\w+)'/g).map((name) => ({ path, name }))),
    ...ending(files, '.html').flatMap(([path, text]) => found(text, /<c-([\w-]+)/g).map((tag) => ({ path, name: camel(tag) }))),
    ...ending(files, '.flexipage-meta.xml').flatMap(([path, text]) =>
      found(text, /<componentName>(\w+)<\/componentName>/g).map((name) => ({ path, name })),
    ),
  ];
  return used.filter((one) => !here(one.name)).map((one) => `${one.path}: component ${one.name} is missing`);
}

function permissionSets(files: Files): string[] {
  return ending(files, '.permissionset-meta.xml').flatMap(([path, text]) => {
    const lost = (what: string, names: string[], where: (name: string) => string[]) =>
      names.filter((name) => !where(name).some((file) => files.has(file))).map((name) => `${path}: ${what} ${name} is missing`);
    return [
      ...lost('custom setting', found(text, /<customSettingAccesses>\s*<enabled>true<\/enabled>\s*<name>(\w+)</g), (name) => [
        `objects/${name}/${name}.object-meta.xml`,
      ]),
      ...lost('class', found(text, /<apexClass>(\w+)</g), (name) => [`classes/${name}.cls`]),
      ...lost('object', found(text, /<object>(\w+__c)</g), (name) => [`objects/${name}/${name}.object-meta.xml`]),
      ...lost('tab', found(text, /<tab>(\w+)</g), (name) => [`tabs/${name}.tab-meta.xml`]),
      ...lost('application', found(text, /<application>(\w+)</g), (name) => [`applications/${name}.app-meta.xml`]),
      ...lost('field', found(text, /<field>([\w.]+)</g), fieldFiles),
      ...lost('credential', found(text, /<externalCredentialPrincipal>(\w+)-/g), (name) => [
        `externalCredentials/${name}.externalCredential-meta.xml`,
      ]),
    ];
  });
}

/** A field of Task or Event is defined once, on Activity. */
function fieldFiles(name: string): string[] {
  const [object = '', field = ''] = name.split('.');
  const home = object === 'Task' || object === 'Event' ? 'Activity' : object;
  return [`objects/${home}/fields/${field}.field-meta.xml`];
}

function credentials(files: Files): string[] {
  const called = ending(files, '.cls').flatMap(([path, text]) => found(text, /'callout:(\w+)/g).map((name) => ({ path, name })));
  const lost = called.filter((one) => !files.has(`namedCredentials/${one.name}.namedCredential-meta.xml`));
  return [...new Set(lost.map((one) => `${one.path}: named credential ${one.name} is missing`))];
}

function versions(files: Files, apiVersion: string): string[] {
  return [...files].flatMap(([path, text]) =>
    found(text, /<apiVersion>([\d.]+)<\/apiVersion>/g)
      .filter((version) => version !== apiVersion)
      .map((version) => `${path}: apiVersion ${version}, the package has ${apiVersion}`),
  );
}

/** The package as it lies on disk. */
export function readPackage(): { files: Files; project: Project } {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const base = join(root, 'salesforce-app/main/default');
  const paths = readdirSync(base, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.includes('__tests__'),
  );
  const files = new Map(
    paths.map((entry) => join(entry.parentPath, entry.name)).map((path) => [path.slice(base.length + 1), readFileSync(path, 'utf8')]),
  );
  const { sourceApiVersion, packageDirectories } = JSON.parse(readFileSync(join(root, 'sfdx-project.json'), 'utf8')) as {
    sourceApiVersion: string;
    packageDirectories: { postInstallScript?: string; uninstallScript?: string }[];
  };
  const scripts = packageDirectories.flatMap(({ postInstallScript, uninstallScript }) => [postInstallScript, uninstallScript]);
  return { files, project: { apiVersion: sourceApiVersion, scripts: scripts.filter((name) => name !== undefined) } };
}

if (import.meta.main) {
  const { files, project } = readPackage();
  const wrong = checkSalesforceRefs(files, project);
  for (const line of wrong) console.error(line);
  console.log(JSON.stringify({ files: files.size, wrong: wrong.length }));
  if (wrong.length > 0) process.exitCode = 1;
}
