import { type Files, readPackage } from './check-salesforce-refs.ts';
import { type Apex, readApex } from './read-apex.ts';

/** Path → what stands in it. */
type Sources = ReadonlyMap<string, Apex>;

/**
 * What can be said of the package's Apex without an org, one sentence each: it parses, it is what its file is called, it says under whose
 * rights it works, it asks the database nothing in a loop, and what it names of our own exists. Types are not checked.
 */
export function checkApex(files: Files, apiVersion: string): string[] {
  const sources = new Map([...files].filter(([path]) => isApex(path)).map(([path, text]) => [path, readApex(path, text)] as const));
  const wrong = [...sources].flatMap(([path, { errors }]) => errors.map((error) => `${path}:${error}`));
  const sound = new Map([...sources].filter(([, { errors }]) => errors.length === 0));
  return [
    ...wrong,
    ...metadata(files, apiVersion),
    ...names(sound),
    ...rights(sound),
    ...loops(sound),
    ...triggers(sound),
    ...own(sound, files),
  ];
}

const isApex = (path: string) => /\.(cls|trigger)$/.test(path);
const isTest = ({ modifiers }: Apex) => modifiers.includes('@istest');

function metadata(files: Files, apiVersion: string): string[] {
  const lone = [...files.keys()].filter((path) => /\.(cls|trigger)-meta\.xml$/.test(path) && !files.has(path.replace('-meta.xml', '')));
  return [
    ...lone.map((path) => `${path}: there is no such source`),
    ...[...files.keys()].filter(isApex).flatMap((path) => {
      const meta = files.get(`${path}-meta.xml`);
      const kind = path.endsWith('.cls') ? 'ApexClass' : 'ApexTrigger';
      if (meta === undefined) return [`${path}: -meta.xml is missing`];
      const lacks = [`<${kind} `, `<apiVersion>${apiVersion}</apiVersion>`, '<status>Active</status>'].filter(
        (piece) => !meta.includes(piece),
      );
      return lacks.map((piece) => `${path}-meta.xml: lacks ${piece}`);
    }),
  ];
}

function names(sources: Sources): string[] {
  return [...sources].flatMap(([path, { name }]) => {
    const file = path.split('/').at(-1)?.split('.')[0];
    return name === file ? [] : [`${path}: is called ${name} inside`];
  });
}

/** A test works under whatever rights it wants to try. */
function rights(sources: Sources): string[] {
  return [...sources].flatMap(([path, apex]) => {
    if (isTest(apex)) return [];
    const { kind, modifiers, work } = apex;
    const isSharing = modifiers.includes('withsharing') || modifiers.includes('inheritedsharing');
    // Every user may ask what they themselves may see, and nothing else about it.
    const bare = work.filter(({ isUserMode, from }) => !isUserMode && from !== 'UserRecordAccess');
    return [
      ...(kind === 'class' && !isSharing ? [`${path}: does not say with sharing`] : []),
      ...bare.map(({ line, what }) => `${path}:${line} ${what} does not run in user mode`),
      ...calls(apex, 'database')
        .filter(({ isCall }) => isCall)
        .map(({ line, of }) => `${path}:${line} Database.${of} is written as a statement in user mode`),
      ...calls(apex, 'system')
        .filter(({ of }) => of === 'debug')
        .map(({ line }) => `${path}:${line} System.debug may show what was said`),
    ];
  });
}

const loops = (sources: Sources): string[] =>
  [...sources].flatMap(([path, { work }]) =>
    work.filter(({ isInLoop }) => isInLoop).map(({ line, what }) => `${path}:${line} ${what} in a loop`),
  );

/** A trigger says one thing, to a class of ours. */
function triggers(sources: Sources): string[] {
  const classes = new Set([...sources.values()].map(({ name }) => name));
  return [...sources].flatMap(([path, { kind, statements }]) => {
    if (kind !== 'trigger') return [];
    const [, called = ''] = /^(\w+)\.\w+\(.*\);$/.exec(statements.join('')) ?? [];
    return statements.length === 1 && classes.has(called) ? [] : [`${path}: is more than one call of a class of ours`];
  });
}

/** Our classes' members, our objects and fields; and every class is in some test. */
function own(sources: Sources, files: Files): string[] {
  const classes = new Map([...sources.values()].map((apex) => [apex.name.toLowerCase(), apex]));
  const ours = [...files.keys()].flatMap((path) => /^objects\/(\w+)\/(?:fields\/(\w+)\.)?/.exec(path)?.slice(1) ?? []);
  const defined = new Set(ours.filter((name) => name !== undefined).map((name) => name.toLowerCase()));
  const tested = new Set([...sources.values()].filter(isTest).flatMap(({ tokens }) => tokens.map(({ text }) => text.toLowerCase())));
  return [...sources].flatMap(([path, apex]) => [
    ...[...classes].flatMap(([lower, { name, members }]) =>
      calls(apex, lower)
        .filter(({ of }) => of !== 'class' && !members.has(of.toLowerCase()))
        .map(({ line, of }) => `${path}:${line} ${name} has no ${of}`),
    ),
    ...apex.tokens
      .filter(({ text }) => /^\w+__(c|mdt|e)$/i.test(text) && !defined.has(text.toLowerCase()))
      .map(({ text, line }) => `${path}:${line} ${text} is not in the package`),
    ...(apex.kind === 'class' && !isTest(apex) && !tested.has(apex.name.toLowerCase()) ? [`${path}: is in no test`] : []),
  ]);
}

/** Where something of this name is followed by a dot and a word. */
function calls({ tokens }: Apex, name: string): { line: number; of: string; isCall: boolean }[] {
  return tokens.flatMap(({ text, line }, i) => {
    const of = tokens[i + 2]?.text;
    const isIt = text.toLowerCase() === name && tokens[i - 1]?.text !== '.' && tokens[i + 1]?.text === '.';
    return isIt && of !== undefined ? [{ line, of, isCall: tokens[i + 3]?.text === '(' }] : [];
  });
}

if (import.meta.main) {
  const { files, project } = readPackage();
  const wrong = checkApex(files, project.apiVersion);
  for (const line of wrong) console.error(line);
  console.log(JSON.stringify({ apex: [...files.keys()].filter(isApex).length, wrong: wrong.length }));
  if (wrong.length > 0) process.exitCode = 1;
}
