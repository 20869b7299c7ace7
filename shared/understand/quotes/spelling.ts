/** One written word as the words that were spoken, in one spelling: "Don't" is `do not`, "organise" is `organize`. */
export function canonical(raw: string): readonly string[] {
  const held = KNOWN.get(raw);
  if (held) return held;
  const made = spell(plain(raw));
  // Transcripts repeat few words; the bound keeps invented ones from growing this.
  if (KNOWN.size > 20_000) KNOWN.clear();
  if (raw.length <= 40) KNOWN.set(raw, made);
  return made;
}

const KNOWN = new Map<string, readonly string[]>();

function plain(raw: string): string {
  if (ASCII.test(raw)) return raw.toLowerCase();
  const seen = raw.replace(UNSEEN, '').normalize('NFKD').replace(ACCENTS, '').toLowerCase();
  return SOUNDS.test(seen) ? seen : '';
}
const ASCII = /^[\x20-\x7e]*$/;
/** Recognisers leave them out of names. */
const ACCENTS = /[\u0300-\u036f]/g;
const SOUNDS = /[\p{L}\p{N}]/u;
const UNSEEN = /\p{Cf}/gu;

function spell(word: string): readonly string[] {
  if (word === '') return [];
  const whole = WHOLE.get(word);
  if (whole) return whole;
  const cut = word.indexOf("'");
  if (cut < 0) return [britain(word)];
  const head = word.slice(0, cut);
  const tail = word.slice(cut + 1);
  if (tail === 't' && head.endsWith('n')) return [head.slice(0, -1), 'not'];
  if (tail === 's' && IS.has(head)) return [head, 'is'];
  const spelled = TAILS.get(tail);
  if (spelled) return [...spell(head), spelled];
  // "Maya's" and the recogniser's "mayas".
  return [britain(word.replaceAll("'", ''))];
}

/** One spelling for both sides of the ocean; only ever compared with itself, so odd results do no harm. */
function britain(word: string): string {
  const known = SPELLINGS.get(word);
  if (known) return known;
  if (word.length < 5) return word;
  return word
    .replace(/ys(e|es|ed|ing)$/, 'yz$1')
    .replace(/is(e|es|ed|er|ers|ing|ation|ations)$/, 'iz$1')
    .replace(/our(s|ed|ing|ite|able|al)?$/, 'or$1')
    .replace(/ll(ed|ing|er)$/, 'l$1');
}

const pairs = (lines: string): [string, readonly string[]][] =>
  lines.split(',').map((line) => {
    const [word = '', ...spoken] = line.trim().split(' ');
    return [word, spoken];
  });

const WHOLE = new Map<string, readonly string[]>(
  pairs(
    "can't can not,cannot can not,cant can not,won't will not,wont will not,shan't shall not,ain't is not,aint is not,dont do not,doesnt does not,didnt did not,isnt is not,arent are not,wasnt was not,werent were not,havent have not,hasnt has not,hadnt had not,wouldnt would not,couldnt could not,shouldnt should not,im i am,ive i have,thats that is,whats what is,theres there is,youre you are,theyre they are,weve we have,youve you have,theyve they have,youll you will,theyll they will,itll it will,let's lets,gonna going to,wanna want to,gotta got to,gimme give me,lemme let me,dunno do not know,kinda kind of,sorta sort of,y'all you all,o'clock oclock,yeah yes,yep yes,yup yes,ya yes,ok okay,nope no,nah no,till until,'til until,cause because,cuz because,em them,their there,than then,licence license,licences licenses,programme program,programmes programs,cheque check,centre center,centres centers,grey gray,jan january,feb february,mar march,apr april,jun june,jul july,aug august,sept september,sep september,oct october,nov november,dec december,mon monday,tue tuesday,tues tuesday,wed wednesday,weds wednesday,thu thursday,thur thursday,thurs thursday,fri friday",
  ),
);
const SPELLINGS = new Map([
  ['their', 'there'],
  ['than', 'then'],
]);
const TAILS = new Map([
  ['ll', 'will'],
  ['re', 'are'],
  ['ve', 'have'],
  ['d', 'would'],
  ['m', 'am'],
]);
const IS = new Set('it that this he she there here what who where how when why everything something everyone somebody'.split(' '));
