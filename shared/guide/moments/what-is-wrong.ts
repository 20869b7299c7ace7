/** One thing that a contract found wrong. */
interface Issue {
  path: readonly PropertyKey[];
  message: string;
}

/** It in a sentence that names the moment, where it is about one: "Moment 3 (“Too dear”): A monologue is a whole number from 30 to 1800." */
export function whatIsWrong(issue: Issue | undefined, said: unknown): { path: string; sentence: string } {
  if (!issue) return { path: '', sentence: 'The body does not have the expected shape.' };
  const path = issue.path.map(String).join('.');
  const sentence = issue.message === 'Invalid input' ? `${path || 'The body'} is missing or malformed.` : issue.message;
  const nth = issue.path[0] === 'moments' && typeof issue.path[1] === 'number' ? issue.path[1] : null;
  if (nth === null) return { path, sentence };
  const name = nameIn(said, nth);
  return { path, sentence: `Moment ${nth + 1}${name === '' ? '' : ` (“${name}”)`}: ${sentence}` };
}

function nameIn(said: unknown, nth: number): string {
  const moments = typeof said === 'object' && said !== null && 'moments' in said ? said.moments : undefined;
  const one: unknown = Array.isArray(moments) ? moments[nth] : undefined;
  const name = typeof one === 'object' && one !== null && 'name' in one ? one.name : undefined;
  return typeof name === 'string' ? name.slice(0, 80) : '';
}
