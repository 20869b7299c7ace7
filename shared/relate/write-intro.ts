/** A note to whoever could introduce, with a block that they can forward as it is. Every factual sentence has its source. */
export interface IntroNote {
  subject: string;
  body: string;
  cites: { text: string; source: string }[];
}

export interface IntroAsk {
  repName: string;
  connector: string;
  /** The connector is one of ours. */
  isColleague: boolean;
  target: string;
  /** The target is known through one more person, whom the connector would ask. */
  through: string | null;
  /** What proves that the connector knows the next one, as this rep may read it. */
  theirTie: readonly string[];
  /** The rep's own words; empty for none. */
  about: string;
  /** Where the connector answers. */
  link: string;
}

export function writeIntro({ repName, connector, isColleague, target, through, theirTie, about, link }: IntroAsk): IntroNote {
  const cites: IntroNote['cites'] = [];
  const fact = (text: string, source: string) => {
    cites.push({ text, source });
    return text;
  };
  const knows = through ?? target;
  const told = theirTie.includes('says they know them well');
  const seen = theirTie.filter((chip) => chip !== 'says they know them well' && chip !== 'on their contact list');
  const reason = clean(about);
  const first = firstOf(connector);

  const why = told
    ? fact(`You said that you know ${knows} well.`, `${connector} said so.`)
    : seen.length > 0
      ? fact(`You and ${knows} have been in touch.`, `What was seen between ${connector} and ${knows}: ${seen.join(', ')}.`)
      : fact(`You have ${knows} among your contacts.`, `${connector} handed over their contact list.`);
  const wish = reason
    ? fact(`I would like to talk with ${target} about ${reason}.`, 'Your own words.')
    : fact(`I would like to talk with ${target}.`, 'Your own request.');
  const ask = through ? `Would you ask ${through} whether they would introduce us?` : `Would you introduce us?`;
  const who = isColleague
    ? fact(`${repName} and I work together.`, `${repName} and ${connector} are both users of your CRM.`)
    : fact(`${repName} asked me to introduce you.`, 'This request itself.');
  const about2 = reason
    ? fact(`They would like to talk with you about ${reason}.`, 'Your own words.')
    : fact(`They would like to talk with you.`, 'Your own request.');

  const body = [
    `Hi ${first},`,
    `${why} ${wish} ${ask}`,
    `Yes, no or not now, with one press: ${link}`,
    `If you would, here is a note to forward as it is:`,
    `---`,
    `Hi ${firstOf(target)},`,
    `${who} ${about2} Would 20 minutes this week or next suit you? A no is fine, too.`,
    first,
    `---`,
    `Thank you,\n${repName}`,
  ].join('\n\n');
  return { subject: `Could you introduce me to ${target}?`, body, cites };
}

/** The part between the two lines, which is addressed to the target; null when the rep took the lines away. */
export function forwardable(body: string): string | null {
  const parts = body.split(/\n*^---$\n*/m);
  return parts.length === 3 ? (parts[1]?.trim() ?? null) : null;
}

const firstOf = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
/** One line that ends without a stop: it stands inside a sentence. */
const clean = (about: string): string =>
  about
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!?…]+$/, '');
