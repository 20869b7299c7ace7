import type { TeamHelp } from './team.ts';

type Team = TeamHelp['teams'][number];

/** What both hosts say of it, so that a rep and an admin read the same. */
export const teamWords = {
  title: 'Help on live calls',
  label: 'Who may help on whose calls',
  help: 'One team a line, as “North: Jordan Blake <jordan@ours.example> > sam@ours.example, lena@ours.example”. Whoever leads sees that these calls run and may whisper to the rep, who reads their name while they look. Private calls stay private. Leave it empty and nobody does.',
  send: 'Save who may help',
  saved: 'Saved. It counts at once.',
  live: 'Live now',
  liveHelp: 'If you lead a team: its running calls, and which of them may want help.',
  open: 'Open “Live now”',
  go: 'Go to “Live now”',
  gotIt: 'Got it',
} as const;

const SHAPE = 'Write a team as “North: Jordan Blake <jordan@ours.example> > sam@ours.example, lena@ours.example”.';

/** A team a line, as it is typed: its name, who leads it, and after `>` whose calls they may help with. */
export const writeTeams = ({ teams }: Pick<TeamHelp, 'teams'>): string => teams.map(writeTeam).join('\n');

const writeTeam = ({ name, leads, reps }: Team): string =>
  `${name}: ${leads.map((lead) => `${lead.name} <${lead.rep}>`).join(', ')} > ${reps.join(', ')}`;

/** The teams; or the first line that is none, in a sentence. */
export function readTeams(text: string): { teams: Team[] } | { wrong: string } {
  const teams: Team[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const team = readTeam(line);
    if (!team) return { wrong: `“${line.slice(0, 60)}” is no team. ${SHAPE}` };
    teams.push(team);
  }
  return { teams };
}

function readTeam(line: string): Team | null {
  const [, name = '', led = '', helped = ''] = /^([^:>]+):(.*?(?:<[^>]*>[^<>]*?)?)>([^<>]*)$/.exec(line) ?? [];
  const leads = listed(led).map(readLead);
  if (name.trim() === '' || leads.length === 0 || leads.includes(null)) return null;
  return { name: name.trim(), leads: leads.filter((lead) => lead !== null), reps: listed(helped) };
}

/** "Jordan Blake <jordan@ours.example>", or the address alone. */
function readLead(said: string): Team['leads'][number] | null {
  const [, name = '', rep = ''] = /^([^<>]*)<([^<>]+)>$/.exec(said) ?? [];
  if (rep !== '') return { rep: rep.trim(), name: name.trim() || rep.trim() };
  return /[<>]/.test(said) ? null : { rep: said, name: said };
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
