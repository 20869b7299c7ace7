import type { Utterance } from '../contracts/transcript.ts';

export type Language = 'en' | 'de' | 'fr' | 'es' | 'pt' | 'it' | 'nl' | 'sv' | 'da' | 'pl' | 'fi' | 'tr' | 'ro' | 'cs';

/**
 * The language a call was held in, told by its small words; `da` stands for Danish and Norwegian, which share theirs. `other` is a script or language not listed; `none` when the words are those of
 * no language; undefined when too little was said to tell.
 */
export function languageOf(utterances: readonly Utterance[]): Language | 'other' | 'none' | undefined {
  const words: string[] = [];
  let letters = 0;
  let latin = 0;
  let budget = CHARS_MAX;
  for (const { text } of utterances) {
    // A part of each turn tells as much as all of it.
    const part = text.slice(0, Math.min(TURN_CHARS_MAX, budget));
    budget -= part.length;
    if (budget <= 0) break;
    letters += part.match(/\p{L}/gu)?.length ?? 0;
    latin += part.match(/\p{Script=Latin}/gu)?.length ?? 0;
    for (const hit of part.toLowerCase().matchAll(/[\p{L}\u2019']+/gu)) words.push(hit[0].replaceAll('\u2019', "'"));
  }
  if (letters >= 20 && latin < letters / 2) return 'other';
  if (words.length < WORDS_MIN) return undefined;
  const counts = LANGUAGES.map(({ language, small }) => ({
    language,
    share: words.filter((word) => small.has(word)).length / words.length,
  }));
  const best = counts.reduce((most, one) => (one.share > most.share ? one : most));
  const english = counts.find((one) => one.language === 'en')?.share ?? 0;
  if (best.share < SHARE_MIN) return words.length < WORDS_SURE ? undefined : 'none';
  // Where both are spoken there is enough to be read.
  return english >= best.share * 0.6 ? 'en' : best.language;
}

const CHARS_MAX = 200_000;
const TURN_CHARS_MAX = 2_000;
const WORDS_MIN = 12;
const WORDS_SURE = 60;
/** In speech a third and more of all words are small ones; names, figures and a bad recogniser leave less. */
const SHARE_MIN = 0.12;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const LANGUAGES: readonly { language: Language; small: ReadonlySet<string> }[] = [
  {
    language: 'en',
    small: words(
      "the and to of you that is it we i for have with on this be are not do what so would can was our your but they there from if how about it's that's i'm we're don't just at as will or my yeah yes okay no me us them when which who all by an like know get got think want need let's good hi hello thanks thank right well",
    ),
  },
  {
    language: 'de',
    small: words(
      'der die das und ist nicht ich wir sie es ein eine einen zu den dem mit von auf für haben hat sind auch noch aber oder wenn dass wie was kann können wird werden bei uns ihr ihnen mir mich ja nein doch mal schon sehr wäre würde dann so im am zum zur nach über',
    ),
  },
  {
    language: 'fr',
    small: words(
      "le la les des une est et vous nous je il elle que qui pas ne pour dans avec sur ce cette c'est on au aux du de en mais ou si oui non plus très bien comme tout fait être avoir j'ai d'accord votre notre mes vos nos ça qu'on qu'il",
    ),
  },
  {
    language: 'es',
    small: words(
      'el los las una y que de en es por para con no se lo su como más pero sí está esto eso nosotros ustedes usted yo tengo tenemos hay muy también cuando porque si ya al del nos les me te gracias bueno hola qué cómo cuánto',
    ),
  },
  {
    language: 'pt',
    small: words(
      'o os as uma e que de em é não para com se por mais mas sim está isso isto nós você vocês eu tenho temos há muito também quando porque já ao do da dos das no na nos nas obrigado bom olá como quanto à são',
    ),
  },
  {
    language: 'it',
    small: words(
      'il lo gli una e che di è non per con si più ma sì sono questo quello noi voi io ho abbiamo anche quando perché se già al del della dei nel nella ci vi mi ti grazie bene ciao come quanto cosa molto un',
    ),
  },
  {
    language: 'nl',
    small: words(
      'de het een en is niet ik wij we je u dat die van op voor met zijn hebben heeft ook nog maar of als wat kan kunnen wordt bij ons mij ja nee wel al zeer zou dan zo naar over er aan te om hoe waar deze dit',
    ),
  },
  {
    language: 'sv',
    small: words(
      'och att det som en är på av för med den inte jag vi du ni har till om ett men vad kan så när hur eller mycket också bra ja nej skulle vill får från då ska var här där oss er mig dig våra vår detta några lite',
    ),
  },
  {
    language: 'da',
    small: words(
      'og at det som en er på af av for med den ikke jeg vi du har til om et men hva hvad kan så når hvordan eller meget mye også bra godt ja nej nei skulle vil få fra da skal var her der oss os dere mig meg dette noen nogle lidt litt mange tak takk',
    ),
  },
  {
    language: 'pl',
    small: words(
      'i w na z do się nie to że jest o jak ale co tak po za od przez dla czy już by może tylko jeszcze bardzo dzień dobry mamy mam są był była będzie możemy pan pani nas was ich tego tym to ten ta te który która dziękuję więc',
    ),
  },
  {
    language: 'fi',
    small: words(
      'ja on ei se että me te mutta niin kun jos kuin ole olla meillä teillä minä sinä hän tämä tuo ne nyt vielä myös hyvin kyllä joo mitä miten missä siitä sitä tai voi voimme olen olemme oli kanssa paljon kiitos hyvää päivää',
    ),
  },
  {
    language: 'tr',
    small: words(
      've bir bu da de için çok ne ile var yok ama evet hayır biz siz ben sen o mi mı daha gibi kadar olarak olan değil şu şey nasıl bizim sizin bana size bize hem en sonra önce teşekkürler merhaba iyi tamam',
    ),
  },
  {
    language: 'ro',
    small: words(
      'și în de la cu nu este e că pe un o din care mai sunt am avem ce dar pentru dacă ne vă noi voi eu el ea se să ar fi foarte bine da bună ziua mulțumesc asta acest această cum când ca lui le',
    ),
  },
  {
    language: 'cs',
    small: words(
      'a v na se je to že s z do pro ale jak co ano ne my vy já ty jsem jsme jste máme mám tak když jen už bylo byl by také nebo aby jeho jejich nás vás dobrý den děkuji velmi ještě může můžeme proto kde který',
    ),
  },
];
