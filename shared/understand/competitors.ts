import { isOrdinary } from './heads/word-classes.ts';
import type { Said } from './said.ts';
import { straighten } from './tokenise.ts';

export interface Rival {
  name: string;
  said: Said;
  confidence: number;
}

/**
 * Other sellers' names, sentence by sentence: those the tenant listed, wherever they fall, and unknown ones only behind words
 * that compare or choose. `ours` are names that are on the call already: people, the seller, the customer's company.
 */
export function competitors(said: readonly Said[], listed: readonly string[], ours: readonly string[]): Rival[] {
  const known = knownOf(listed);
  const mine = mineOf(said, ours);
  const found: Rival[] = [];
  for (const one of said) {
    const add = (name: string, confidence: number): void => {
      if (!found.some((held) => held.said === one && held.name.toLowerCase() === name.toLowerCase()))
        found.push({ name, said: one, confidence });
    };
    for (const { name, re } of known) {
      const hit = re.exec(one.text);
      // A name that is also a word ("Front", "Close") counts when written as a name.
      if (hit && !(WORDS.has(name.toLowerCase()) && (!/^\p{Lu}/u.test(hit[0]) || hit.index === 0))) add(name, 0.95);
    }
    for (const { name, tool, confidence } of unknown(one.text)) {
      if (isNone(name, mine, known) || (tool && TOOLS.has(name.toLowerCase()))) continue;
      add(name, confidence);
    }
  }
  return found;
}

/**
 * Names that nothing but a capital letter speaks for; the head of the turn decides whether they are rivals. Speech without capitals
 * has none.
 */
export function otherNames(said: readonly Said[], listed: readonly string[], ours: readonly string[]): Rival[] {
  const known = knownOf(listed);
  const mine = mineOf(said, ours);
  return said.flatMap((one) => {
    const flat = straighten(one.text);
    return [...flat.matchAll(CAPITALS)].flatMap((hit) => {
      const words = hit[0].replace(/(?:'s|[.&']+)$/, '').trim();
      // "With Starpile" is a name behind an ordinary word that happens to begin the sentence.
      const lead = /^\S+ /.exec(words)?.[0] ?? '';
      const skip = lead !== '' && (isOrdinary(lead.trim().toLowerCase()) || NOT_NAMES.has(lead.trim().toLowerCase())) ? lead.length : 0;
      const name = words.slice(skip);
      const before = flat.slice(0, hit.index + skip);
      const opens = !/[\p{L}\p{N}][,;:]? $/u.test(before);
      const after = flat.slice(hit.index + hit[0].length);
      // At a sentence's start every word has a capital: a name shows by a second one, or by what is said of it.
      if (opens && !/\p{Ll}\p{Lu}| /u.test(name) && (!SAID_OF.test(after) || isOrdinary(name.toLowerCase()))) return [];
      if (name.length < 3 || /^\p{Lu}{1,4}$/u.test(name) || NOT_BEFORE.test(before) || isNone(name, mine, known)) return [];
      return TOOLS.has(name.toLowerCase()) ? [] : [{ name, said: one, confidence: 0.6 }];
    });
  });
}

const SAID_OF =
  /^(?:[,.]|'s\b| (?:is|was|has|had|says?|said|charges?|offers?|offered|gave|came|left|quoted|does|did|can|wants?|would|will|sent|promised|told|lets?|also)\b)/;
const CAPITALS = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}']*(?:(?: & | |-)\p{Lu}[\p{L}\p{N}']*){0,2}/gu;
/** People and places. */
const NOT_BEFORE =
  /\b(?:mr|mrs|ms|miss|dr|doctor|professor|uncle|aunt|in|near|around|outside|i'm|i am|name is|this is|hi|hello|hey|thanks|thank you|my (?:boss|wife|husband|son|daughter|brother|sister|colleague|friend)),? $/i;

interface Known {
  name: string;
  re: RegExp;
}

const knownOf = (listed: readonly string[]): Known[] =>
  listed
    .filter((name) => name.trim() !== '')
    .map((name) => ({ name, re: new RegExp(`(?<![\\p{L}\\p{N}])${literal(name.trim())}(?![\\p{L}\\p{N}])`, 'iu') }));

const mineOf = (said: readonly Said[], ours: readonly string[]): ReadonlySet<string> =>
  new Set([...ours.flatMap((name) => name.toLowerCase().split(/\s+/)), ...sellers(said)]);

function isNone(name: string, mine: ReadonlySet<string>, known: readonly Known[]): boolean {
  const low = name.toLowerCase();
  const first = low.split(' ')[0] ?? '';
  return (
    mine.has(low) ||
    mine.has(first) ||
    known.some((held) => held.re.test(name)) ||
    WORDS.has(low) ||
    NOT_NAMES.has(low) ||
    NOT_NAMES.has(first)
  );
}

function* unknown(text: string): Generator<{ name: string; tool: boolean; confidence: number }> {
  const flat = straighten(text);
  if (!/\p{Lu}/u.test(flat.slice(1))) return;
  for (const cue of CUES) {
    for (const hit of flat.matchAll(cue.re)) {
      // "the Growth plan" names a package of somebody's, most likely ours.
      if (/^,?\s+(?:plan|tier|package|option|edition|version|level|team|department)\b/i.test(flat.slice(hit.index + hit[0].length)))
        continue;
      for (const name of (hit.groups?.['name'] ?? '').split(/,? (?:and|or|vs\.?|versus) |, /)) {
        const clean = name.replace(/(?:'s|[.&']+)$/, '').trim();
        if (clean.length > 1 && /^\p{Lu}/u.test(clean)) yield { name: clean, tool: cue.tool, confidence: cue.confidence };
      }
    }
  }
}

/** "It's Sam from Brightloop": the seller is not its own competitor. */
function sellers(said: readonly Said[]): string[] {
  const names: string[] = [];
  for (const { text, utterance } of said.slice(0, 30)) {
    if (utterance.role !== 'rep' && names.length > 0) continue;
    for (const hit of text.matchAll(/\b(?:from|with|at|here at|behalf of) (\p{Lu}[\p{L}\p{N}]+)/gu))
      if (utterance.role === 'rep' && hit[1]) names.push(hit[1].toLowerCase());
  }
  return names;
}

const NAME =
  "(?<name>\\p{Lu}[\\p{L}\\p{N}.&']*(?:[ -]\\p{Lu}[\\p{L}\\p{N}.&']*){0,2}(?:(?:, (?:and |or )?| and | or | vs\\.? | versus )\\p{Lu}[\\p{L}\\p{N}.&']*(?: \\p{Lu}[\\p{L}\\p{N}.&']*)?){0,3})";
const cue = (confidence: number, tool: boolean, source: string): { re: RegExp; tool: boolean; confidence: number } => ({
  re: new RegExp(source.replace('NAME', NAME), 'gu'),
  tool,
  confidence,
});

/** `tool`: the same words also speak of software one connects to, so a well-known tool is not taken for a rival there. */
const CUES = [
  cue(
    0.85,
    true,
    '\\b(?:[Cc]ompared? (?:to|with|against)|[Vv]ersus|vs\\.?|[Rr]ather than|[Ii]nstead of|[Aa]lternatives? (?:to|like)|[Ss]imilar to|[Bb]etter than|[Cc]heaper than|[Dd]ifferent from|[Uu]p against) NAME',
  ),
  cue(0.85, false, '\\b[Cc]ompetitors?,? (?:(?:like|such as|named|called|is|are|at) )?NAME'),
  cue(
    0.8,
    true,
    '\\b(?:[Ll]ook(?:ing|ed)? (?:closely )?(?:at|into)|[Ee]valuat(?:e|ed|ing)|[Cc]onsider(?:ed|ing)?|[Ll]eaning toward?s?|[Dd]emoed|[Tt]rialing|[Tt]rialling|[Pp]iloting|[Dd]emo (?:with|from|of)|[Pp]itch(?:ed)? (?:from|by)) (?:also |both )?NAME',
  ),
  cue(
    0.85,
    true,
    '\\b(?:[Qq]uotes?|[Oo]ffers?|[Pp]roposals?|[Bb]ids?|[Cc]ontracts?|[Aa]greement|[Rr]enewal|[Pp]ricing) (?:from|with|by|at) NAME',
  ),
  cue(
    0.8,
    true,
    '\\b(?:[Ss]witch(?:ing|ed)? (?:over )?(?:from|to)|[Mm]ov(?:e|ing|ed) (?:away )?(?:from|off)|[Mm]igrat(?:e|ing|ed) (?:away )?from|[Rr]eplac(?:e|ing|ed)|[Gg]o(?:ing)? with|[Ww]ent with|[Cc]hose|[Cc]hoose|[Ss]tay(?:ing)? with|[Ss]tick(?:ing)? with|[Ss]igned with|[Ll]ocked in(?:to)? with|[Hh]appy with) NAME',
  ),
  cue(
    0.8,
    true,
    '(?:^|[.,;] |\\b(?:but|and|because|that|while|since|since|think|see) )NAME (?:is|are|was|has|have|had|offers?|offered|quoted|charges|promised|gave us|does|do|came in|can|costs|gives|lets|includes|supports|undercut\\w*|already)\\b[^.?!]{0,40}?\\b(?:cheaper|lower|better|less|for half|per seat|per user|per month|a month|discount|free|more features|too|instead|quote|\\$\\d|price)',
  ),
];

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What sellers' tools connect to. "We're on Salesforce" is an integration, not a rival. */
const TOOLS = new Set(
  'salesforce|hubspot|slack|gmail|google|google sheets|google drive|google calendar|google workspace|outlook|excel|office|office 365|microsoft|microsoft teams|teams|sharepoint|zoom|webex|jira|confluence|atlassian|zapier|sap|oracle|netsuite|workday|quickbooks|xero|stripe|paypal|shopify|wordpress|magento|snowflake|databricks|redshift|bigquery|aws|amazon|azure|gcp|github|gitlab|jenkins|docker|kubernetes|splunk|datadog|okta|auth0|linkedin|facebook|instagram|twitter|whatsapp|mailchimp|marketo|segment|tableau|power bi|looker|dropbox|box|docusign|twilio|mysql|postgres|postgresql|sql server|python|java|javascript|linux|windows|apple|android|iphone|ios|chrome|adobe|figma|asana|trello|airtable|notion|quickbooks online|sage|dynamics|epic|cerner|ssrs|sso|crm|erp|api|sql|etl'.split(
    '|',
  ),
);
/** Names of firms that are everyday words as well. */
const WORDS = new Set(
  'front close drift monday outreach apollo box notion slack teams zoom clay copper insight nice talk loom linear square sage bolt'.split(
    ' ',
  ),
);
const NOT_NAMES = new Set(
  "i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december q1 q2 q3 q4 it ai roi sla soc gdpr hipaa ceo cfo cto coo vp hr legal finance procurement marketing sales engineering operations english spanish european europe america us usa uk u.s. eu north south east west the we you they he she that this yes no okay christmas thanksgiving easter mr mrs ms dr god python sql security support product board team well so and but now right look listen thanks thank sure great price pricing cost everything nothing something someone everyone most some others other another each one two three your our my its their there these those who what which how when why if honestly actually basically maybe yeah yes hey hi hello good okay perfect sorry please let here also still just even because since while after before both either neither".split(
    ' ',
  ),
);
