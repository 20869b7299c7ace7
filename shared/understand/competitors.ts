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
    for (const { name, tool, confidence } of [...unknown(one.text), ...today(one), ...uncased(one)]) {
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
      const words = hit[0].replace(/(?:'s|[.&']+| I)$/, '').trim();
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
  /\b(?:\d{4}|mr|mrs|ms|miss|dr|doctor|professor|uncle|aunt|in|near|around|outside|i'm|i am|name is|this is|hi|hello|hey|thanks|thank you|my (?:boss|wife|husband|son|daughter|brother|sister|colleague|friend)),? $/i;

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
  if (!/\p{Lu}/u.test(flat)) return;
  for (const cue of CUES) {
    if (!cue.needs.test(flat)) continue;
    for (const hit of flat.matchAll(cue.re)) {
      // "the Growth plan" names a package of somebody's, most likely ours.
      if (/^,?\s+(?:plan|tier|package|option|edition|version|level|team|department)\b/i.test(flat.slice(hit.index + hit[0].length)))
        continue;
      // "We looked at Hotjar recordings" speaks of recordings.
      if (cue.isLast && cue.tool && OF_A_NAME.test(flat.slice(hit.index + hit[0].length))) continue;
      for (const name of (hit.groups?.['name'] ?? '').split(/,? (?:and|or|vs\.?|versus) |, /)) {
        const clean = name.replace(/(?:'s|[.&']+| I)$/, '').trim();
        // The first word of a sentence has its capital from there.
        if (hit.index === 0 && flat.startsWith(clean) && isOrdinary(clean.toLowerCase())) continue;
        if (clean.length > 1 && /^\p{Lu}/u.test(clean)) yield { name: clean, tool: cue.tool, confidence: cue.confidence };
      }
    }
  }
}

/** What they use instead today, where that was asked or is said to be so: "We're with Oakline at the moment." */
function* today(one: Said): Generator<{ name: string; tool: boolean; confidence: number }> {
  if (one.utterance.role === 'rep' || CONNECTS.test(one.lean) || CONNECTS.test(one.before) || !SAYS_TODAY.test(one.text)) return;
  const flat = straighten(one.text);
  for (const hit of flat.matchAll(TODAY)) {
    const after = flat.slice(hit.index + hit[0].length);
    if (
      !NOW_ASKED.test(one.before) &&
      !/^,? (?:right now|at the moment|currently|today|for (?:that|this|it)|already|at present|and they|but)\b/.test(after)
    )
      continue;
    if (hit.groups?.['name'] && !OF_A_NAME.test(after))
      yield { name: hit.groups['name'].replace(/(?:'s|[.&']+| I)$/, ''), tool: true, confidence: 0.7 };
  }
}

/** The same frames in speech without capitals, where only a word that no list knows can be a name. */
function* uncased({ text }: Said): Generator<{ name: string; tool: boolean; confidence: number }> {
  if (/\p{Lu}|[.?!,]/u.test(text)) return;
  for (const hit of straighten(text).matchAll(UNCASED)) {
    const name = hit[1] ?? '';
    if (name.length < 4 || isOrdinary(name) || COMMON.has(name) || /(?:ing|ed|ly|tion|ment|ness|ity|[^s]s|'.*|ance|ence)$/.test(name))
      continue;
    yield { name, tool: true, confidence: 0.65 };
  }
}

/** "It's Sam from Brightloop": the seller is not its own competitor. */
function sellers(said: readonly Said[]): string[] {
  const names: string[] = [];
  for (const { text, utterance } of said.slice(0, 30)) {
    // Who asks about it by name before anything was offered has heard of the seller.
    if (utterance.role !== 'rep' && utterance.seq <= 1 && !/\b(?:also|as well|too|other|another|besides|both)\b/.test(text))
      for (const hit of text.matchAll(HEARD_OF)) if (hit[1]) names.push(hit[1].toLowerCase());
    if (utterance.role !== 'rep' && names.length > 0) continue;
    for (const hit of text.matchAll(/\b(?:from|with|at|here at|behalf of) (\p{Lu}[\p{L}\p{N}]+)/gu))
      if (utterance.role === 'rep' && hit[1]) names.push(hit[1].toLowerCase());
  }
  // What the rep says a product can do is said of the rep's own.
  for (const { text, utterance } of said.slice(0, 400))
    if (utterance.role === 'rep' && !/\b(?:but|unlike|compared|than|versus|they|their|however|whereas|while)\b/i.test(text))
      for (const hit of text.matchAll(OWN)) if (hit[1]) names.push(hit[1].toLowerCase());
  return names;
}

const HEARD_OF =
  /\b(?:heard (?:about|of)|came across|look(?:ing|ed)? into|check(?:ing|ed)? out|read about|calling about|interested in|(?:saw|seen) (?:your|the) (?:ad|post|video|website) (?:for|about)|about) (?:this |the |your )?(\p{Lu}[\p{L}\p{N}]+)/gu;
const OWN =
  /(?:^|[.,;] |\b(?:and|so|with|our|that|how|because|where|at|using|of|in) )(\p{Lu}[\p{L}\p{N}]+)(?: \p{Lu}[\p{L}\p{N}]+)?(?:'s)? (?:is (?:designed|built|made|a|an|the|pretty|really|super|very|scriptless|easy)|can|could|will|would|helps?|integrates|offers|provides|lets|allows|gives|supports|automates|makes|handles|does|comes|works|uses|has|team|platform|you (?:can|get|will))\b/gu;

/** A small word behind a name; any other would make the name part of a thing: "the Hotjar recordings". */
const OF_A_NAME =
  /^ (?!(?:and|or|but|because|for|to|as|in|on|last|this|that|which|since|when|while|who|too|also|right|now|at|before|after|a|an|the|is|was|are|were|has|had|have|with|instead|already|they|their|it|its|so|if|than|by|from|of|here|today|currently|again|yet|still|can|could|will|would|do|does|did|we|i|you|he|she|vs|versus|gave|quoted|offered|offers|charges|costs|for|over|about|until|every|two|three|once|twice|recently|yesterday|through|both|not|just|really|actually|first|next|back|out|up|never|always)\b)\p{Ll}/u;
const CONNECTS =
  /\b(?:integrat\w*|connect\w*|sync\w*|compatib\w*|talk to our|plug\w*|import\w*|export\w*|works? with|alongside|on top of)\b/;
const NOW_ASKED =
  /\b(?:what|who|which|whose|how|are you|do you|anyone|anybody|someone|somebody)\b.*\b(?:us(?:e|es|ing)|work(?:ing)? with|with|provider|vendor|supplier|tool|system|software|partner|agency|currently|today|at the moment|right now|handles?|looks after|does (?:it|that)|in place|instead|before)\b.*\?$/;

const NAME =
  "(?<name>\\p{Lu}[\\p{L}\\p{N}.&']*(?:[ -]\\p{Lu}[\\p{L}\\p{N}.&']*){0,2}(?:(?:, (?:and |or )?| and | or | vs\\.? | versus )\\p{Lu}[\\p{L}\\p{N}.&']*(?: \\p{Lu}[\\p{L}\\p{N}.&']*)?){0,3})";

interface NameCue {
  /** What stands beside the name: cheap to look for, while a name in many letters is not. */
  needs: RegExp;
  re: RegExp;
  tool: boolean;
  isLast: boolean;
  confidence: number;
}

const cue = (confidence: number, tool: boolean, source: string): NameCue => ({
  needs: new RegExp(source.split('NAME').at(source.endsWith('NAME') ? 0 : 1) ?? ''),
  re: new RegExp(source.replace('NAME', NAME), 'gu'),
  tool,
  isLast: source.endsWith('NAME'),
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
  cue(
    0.85,
    false,
    '\\b(?:[Aa] |[Aa]n |[Tt]he |[Aa]nother |[Ss]ome |[Oo]ther )?(?:company|firm|outfit|vendor|tool|product|provider|agency|supplier|startup|start-up|competitor|platform|system|shop|school|something|someone|somebody|people|guys) (?:called|named|by the name of) NAME',
  ),
  cue(
    0.8,
    true,
    '\\b(?:[Tt]ools|[Vv]endors|[Oo]thers|[Cc]ompanies|[Pp]latforms|[Ss]olutions|[Pp]layers|[Pp]roviders|[Pp]roducts|[Aa]gencies|[Ss]uppliers|[Oo]ptions),? (?:like|such as|including) NAME',
  ),
  cue(
    0.8,
    true,
    '(?:^|[.,;] |\\b(?:but|and|because|that|while|since|think|see|from|by) )NAME (?:quoted|undercut|pitched|charges|charged|came in at|came back with|offered (?:us|me|a|to do)|promised us|is offering|beat|beats|gave us|lets you|does the same)\\b',
  ),
  cue(
    0.8,
    true,
    '\\b(?:[Cc]ompar(?:e|es|ed|ing)(?: [a-z]+){0,2} (?:to|with|against)|[Ss]tack(?:s|ed)? up (?:to|against)|(?:[a-z]+er|more [a-z]+|less [a-z]+|less|more|same) (?:than|as)|[Ww]hy not (?:just )?(?:use|go with|take)|(?:[Pp]ick|[Cc]hoose|[Cc]hose|you|this|yours) over|(?:[Tt]alk(?:ing|ed)?|[Ss]poke|[Mm]et|[Ss]peaking) (?:to|with)(?= [^.?!]* (?:as well|too|also|they|their|them)\\b)) NAME',
  ),
  cue(
    0.75,
    true,
    '\\b(?:[Ll]eft|[Ll]eaving|[Cc]ancel(?:led|ed|ling|ing)|[Cc]ame from|[Mm]oved? away from|[Tt]ried|[Hh]ad tried|[Uu]sed to (?:use|have|work with|be (?:with|on))|(?:[Ww]e|I) (?:were|was) (?:with|on)|[Uu]nder contract with|[Ll]ocked into|[Tt]ied to|[Gg]one with|[Ss]igned up (?:to|with)|[Rr]olled out|[Mm]oved onto|(?:company|firm|shop|agency|vendor|provider|dealer|competitor|supplier|tool|app|outfit)(?: [a-z]+){0,4},|[Bb]urned by|[Dd]isappointed (?:by|with|in)|[Uu]nhappy with) NAME',
  ),
];

const SAYS_TODAY = /\b(?:use|using|with|on|from|have|got|through|pay|paying|Currently|Mostly|Right now|Mainly|Today)\b/;
const TODAY = new RegExp(
  `(?:\\b(?:[Ww]e|I|[Tt]hey)(?: (?:currently|already|mostly|all|also|just|still|do))*(?:'re| are|'m| am|'ve| have| has)?(?: (?:currently|already|mostly|all|also|just|still|been))* (?:use|using|used|work with|working with|with|on|buy from|buying from|have|got|go through|go with|went with|pay|paying) |^(?:Currently|Mostly|Right now|Mainly|Today),? (?:it's |with |on |just )?)${NAME}`,
  'gu',
);
const UNCASED =
  /\b(?:(?:quotes?|offers?|proposals?|bids?|demos?) (?:from|by|with)|quoted by|switch(?:ing|ed)? (?:over )?from|mov(?:e|ing|ed) (?:away )?from|migrat(?:e|ing|ed) (?:away )?from|compared? (?:to|with|against)|versus|cheaper than|better than|instead of|contract with|locked in(?:to)? with|competitors? (?:like|such as|called)|(?:company|firm|vendor|tool|provider|agency|supplier|platform|startup) (?:called|named)|(?:currently|already) (?:use|using|with|on)|(?:evaluat(?:e|ing|ed)|trialing|piloting|demoed)) ([a-z][a-z0-9']+)(?! [a-z]+ing\b)/g;
/** What stands in the same places and is nobody's name. */
const COMMON = new Set(
  'scratch paper spreadsheet excel hand manual manually email mail phone here there them someone somebody anyone everyone another other others what whatever where home zero nothing anything something everything doing having last next ours yours theirs mine myself themselves him her these those last year month week quarter market industry average competition competitor alternatives vendor legacy internal outside inside local current previous former existing different bigger smaller similar same people person company client customer house office desk desktop server servers cloud premise email emails print printed pencil memory default direct directly amazon nobody both either neither most many some several two three four five before after today yesterday monday tuesday wednesday thursday friday open free full half double normal regular standard typical usual expected planned six seven eight nine eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred'.split(
    ' ',
  ),
);

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
  "i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december q1 q2 q3 q4 it ai roi sla soc gdpr hipaa ceo cfo cto coo vp hr legal finance procurement marketing sales engineering operations english spanish european europe america us usa uk u.s. eu north south east west the we you they he she that this yes no okay christmas thanksgiving easter mr mrs ms dr god python sql security support product board team well so and but now right look listen thanks thank sure great price pricing cost everything nothing something someone everyone most some others other another each one two three your our my its their there these those who what which how when why if honestly actually basically maybe yeah yes hey hi hello good okay perfect sorry please um uh oh huh hmm like use not would first second six seven eight nine ten eleven twelve twenty thirty forty fifty sixty all let here also still just even because since while after before both either neither".split(
    ' ',
  ),
);
