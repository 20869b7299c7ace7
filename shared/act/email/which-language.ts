import type { EmailLanguage } from '../../contracts/email.ts';

/** `other`: it reads as none of those we write. `unknown`: too little to tell by. */
export type Heard = EmailLanguage | 'other' | 'unknown';

/** Which language people spoke or wrote, by the small words that carry every sentence of it. */
export function whichLanguage(texts: readonly string[]): Heard {
  const all = sampled(texts);
  const letters = all.match(/\p{L}/gu)?.length ?? 0;
  if (letters > 0 && (all.match(/\p{Script=Latin}/gu)?.length ?? 0) < letters / 2) return 'other';
  const words = all.toLowerCase().match(/\p{L}+(?:['’]\p{L}+)?/gu) ?? [];
  if (words.length < WORDS_MIN) return 'unknown';

  const hits = languages.map((language) => ({ language, n: words.filter((word) => small[language].has(word.replace('’', "'"))).length }));
  const [first, second] = hits.toSorted((a, b) => b.n - a.n);
  if (!first || first.n / words.length < SHARE_MIN) return words.length < WORDS_SURE ? 'unknown' : 'other';
  return first.n === second?.n ? 'unknown' : first.language;
}

/** A fair share of a long call is enough, and keeps it cheap. */
function sampled(texts: readonly string[]): string {
  const step = Math.max(1, Math.floor(texts.length / TEXTS_MAX));
  return texts
    .filter((_, i) => i % step === 0)
    .map((text) => text.slice(0, TEXT_CHARS))
    .join(' ');
}

const WORDS_MIN = 5;
const WORDS_SURE = 12;
const SHARE_MIN = 0.2;
const TEXTS_MAX = 300;
const TEXT_CHARS = 1_000;

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const small: Record<EmailLanguage, ReadonlySet<string>> = {
  en: list(
    "the and you that it is for we have of to this are with your was they not what can our just about would there like know if i i'll i'm it's we're don't that's you're we'll my be at get how when who time need want sounds good yes will do could should send us me by them from",
  ),
  de: list(
    'der die das und ich sie wir ist nicht ein eine einen mit für auf zu den dem von es auch uns ihnen ihr wie was wenn dann noch schon bis haben habe hat kann können werden wird würde gut aber mir im am bei nach das ja oder so sehr als mal bitte',
  ),
  fr: list(
    "le la les et je vous nous est pas un une des avec pour sur que qui dans ce cela c'est il ne j'ai d'accord l'équipe on mais si plus très bien oui votre notre vos nos par au aux du ont sont peut être fait aussi d'ici m'envoyer",
  ),
  es: list(
    'el los las y yo usted nosotros es no un una con para por que en lo se le nos me muy pero si sí más como está están hay tengo tiene puede podemos del al su nuestro bien esto eso cuando también les qué',
  ),
  pt: list(
    'o os as e eu você nós é não um uma com para por que em isso se nos me muito mas sim mais como está estão há tenho tem pode podemos do da ao seu sua nosso nossa bem quando também vou gente dos das na no ele ela',
  ),
  it: list(
    "il lo gli e io lei noi è non un una con per che in di si ci mi molto ma se sì più come sono ho ha può possiamo del della al suo nostro nostra bene questo quando anche vi perché c'è dal nel le abbiamo va allora",
  ),
  nl: list(
    'de het een en ik u wij we is niet met voor op te dat van die er ook ons jullie je wat als dan nog wel tot hebben heb heeft kan kunnen worden wordt zou goed maar naar bij om aan zijn ja dit zo hoe wanneer moet',
  ),
};
const languages = Object.keys(small) as EmailLanguage[];
