import { plain } from '../kit/ids.ts';
import { harmlessText } from './harmless.ts';
import { stemOf } from './heads/stem.ts';

/**
 * Does a sentence about a quote stay with the call? Every telling word of it was said there or is one that people sum up with, and a
 * weighty one, such as "pay", "delete" or "sign", stands in the quote itself: so no order, leak or promise is brought in from elsewhere.
 */
export function isGrounded(text: string, quote: string, call: ReadonlySet<string>): boolean {
  const said = stemsOf(quote);
  return words(text).every((word) => {
    const stem = stemOf(word);
    if (WEIGHTY.test(word)) return said.has(stem) || [...said].some((one) => sameFamily(one, word));
    return word.length < 3 || said.has(stem) || call.has(stem) || SUMMING_UP.has(stem) || SUMMING_UP.has(word);
  });
}

/** The stems of everything that was said, and of the names that the server brings. */
export function callWords(texts: Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (const text of texts) for (const stem of stemsOf(text.slice(0, 100_000))) all.add(stem);
  return all;
}

/** What stands for a wording that is not trusted: the speaker's own words, cut where a word ends. */
export function ownWords(quote: string, charsMax: number): string {
  const text = harmlessText(quote);
  if (text.length <= charsMax) return text;
  const cut = text.lastIndexOf(' ', charsMax - 1);
  return `${text.slice(0, cut > 0 ? cut : charsMax - 1)}…`;
}

const words = (text: string): string[] => plain(text.replaceAll(/['’]/g, '')).split(' ');
const stemsOf = (text: string): Set<string> => new Set(words(text).map(stemOf));

/** "approval" and "approve", "payment" and "pay". */
function sameFamily(said: string, word: string): boolean {
  const root = WEIGHTY.exec(word)?.[1] ?? '';
  return root.length >= 3 && said.startsWith(root);
}

const WEIGHTY = new RegExp(
  `^(${'pay paid wire wiring transfer remit refund deposit bank crypto bitcoin wallet gift voucher delet remov erase eras wipe purge drop export dump exfil leak password passcode credential secret token login admin root owner ownership reassign approv authori permi consent sign contract order purchas buy bought commit agree accept won closed close stage pipeline forecast amount discount free instruct ignor disregard overrid system prompt jailbreak polic bypass disabl click download install upload visit link url http website urgent immediate legal lawsuit fraud police terminat cancel unsubscribe forward bcc confidential internal hack breach verif confirm execut command script update upsert grant invoice ssn iban fire fired resign'
    .split(' ')
    .join('|')})`,
);
const SUMMING_UP = new Set(
  [
    'the and for with from into over about after before because but not than that this these those they them their there then what when where which while who why how has have had was were are been being will would could should can may might must does did doing its his her our your you she him all any some more most less least few many much very too also only just still again yet now soon later today tomorrow yesterday week month year day quarter once both each other another such same between during until without within against',
    'somebody someone anybody nobody everybody else other others convinced convince right wrong true too so such product features customer rep seller buyer prospect client call conversation meeting team company people person colleague boss manager board management department side',
    'say said tell told ask asked answer speak spoke talk mention name note explain describe report raise hear heard think thought believe feel know understand see look find wonder doubt worry concern hesitate resist push back object refuse decline reject prefer like love want wish need hope plan expect intend try aim decide choose compare consider weigh evaluate review discuss check show share send bring give get take make set put keep hold start begin stop end finish continue move ahead forward go come leave stay wait return reply respond follow meet schedule arrange book prepare help offer provide use work run join introduce involve loop remind',
    'price pricing cost expensive cheap budget money value fee quote proposal offer terms timing time timeline date deadline delay schedule authority decision approval need fit gap missing feature security privacy data compliance trust proof reference evidence risk rollout implementation migration training support effort integration setup competitor competition alternative vendor supplier tool product solution service current existing incumbent interest interested keen happy unhappy positive negative open ready sure unsure clear unclear important urgent key main next step action item promise commitment request question answer problem issue pain trouble goal target wish result outcome benefit demo trial pilot sample material document information detail summary email message number percent half double high low big small long short early late first second last new old good bad better best worse enough',
  ]
    .join(' ')
    .split(' ')
    .flatMap((word) => [word, stemOf(word)]),
);
