const id = '[A-Za-z0-9_=!*.@-]{1,1000}';
const one = (name: string, as: string) => `/${name}(?:/(?<${as}>${id})|\\('(?<${as}Q>${id})'\\))`;
const path = new RegExp(
  `^/?(?:(?:v1\\.0|beta)/)?${one('users', 'user').slice(1)}${one('onlineMeetings', 'meeting')}${one('transcripts', 'transcript')}$`,
);

/**
 * Where a transcript and its meeting lie, from the name that a notification gives it, `users('u')/onlineMeetings('m')/transcripts('t')` or
 * with slashes. Null for any other path: the ids are all that is taken from it, the address is ours.
 */
export function transcriptPath(resource: string): { id: string; meeting: string; transcript: string } | null {
  const found = resource.length <= 4_096 ? path.exec(resource)?.groups : undefined;
  if (!found) return null;
  const of = (name: string) => found[name] ?? found[`${name}Q`] ?? '';
  const meeting = `/v1.0/users/${of('user')}/onlineMeetings/${of('meeting')}`;
  // A dot alone is a step in a path, not a name.
  if (/\/\.{1,2}(?:\/|$)/.test(`${meeting}/${of('transcript')}`)) return null;
  const transcript = `${meeting}/transcripts/${of('transcript')}`;
  return { id: transcript.slice('/v1.0/'.length), meeting, transcript };
}
