import { stemOf } from './stem.ts';

/**
 * What a word speaks of, where many words speak of the same: a head that has met "my CFO has to sign" then also knows
 * "our director must approve". Stems, see `stemOf`; a word without a class keeps its own name if it is small, else it is `*`.
 */
export const classOf = (word: string, stem: string): string => {
  if (/^\$?#/.test(word)) return word.startsWith('$') ? 'MONEY' : word.endsWith('%') ? 'PERCENT' : 'NUM';
  return CLASSES.get(word) ?? CLASSES.get(stem) ?? (SMALL.has(word) ? word : '*');
};

/** A word that the classes know: no name. */
export const isOrdinary = (word: string): boolean => SMALL.has(word) || CLASSES.has(word) || CLASSES.has(stemOf(word)) || /ly$/.test(word);

const LISTS: Record<string, string> = {
  NOT: 'not no never without nothing nobody none hardly neither nor zero barely lack lacking',
  YES: 'yes sure okay alright great perfect agreed gladly sounds absolutely correct right exactly deal',
  WORRY:
    'worry worried worri concern concerned concerning afraid fear scared scare nervous anxious hesitant hesitation reluctant skeptical sceptical wary reservation uneasy uncomfortable doubt doubtful unsure catch risk risky suspicious cautious careful unconvinced stumble',
  TROUBLE:
    'problem issue trouble hard difficult tough tricky pain painful headache nightmare hassle mess struggle challenge obstacle blocker barrier dealbreaker downside drawback complicated complex burden disaster tight impossible unrealistic stuck awkward messy fuss ordeal',
  BAD: 'bad worse worst terrible horrible awful poor annoying annoy frustrating frustrate disappoint disappointed disappointing wrong slow late broken fail failed failure crash lose lost waste wasted useless overwhelmed',
  DEAR: 'expensive pricey overpriced costly steep hefty unaffordable prohibitive premium dear exorbitant high higher',
  CHEAP: 'cheap cheaper lower affordable inexpensive less discount off reduce reduced',
  MONEYWORD:
    'price pricing cost budget fee quote rate invoice payment pay paid spend spent money dollar buck euro pound subscription charge bill billing invest investment afford financing deposit installment cent cash fund funding refund expense',
  TERMS:
    'contract agreement commitment commit clause term lock locked cancel cancellation terminate termination renewal liability indemnity penalty annual annually yearly upfront multiyear notice sla legal redline obligation exclusivity minimum bind binding signature',
  BOSS: 'boss manager cfo ceo cto coo cio ciso vp president founder partner wife husband spouse board director finance legal procurement leadership committee owner management supervisor principal trustee treasurer counsel accountant controller chair dean superintendent landlord shareholder investor headquarter brother sister father mother dad mum mom son daughter colleague stakeholder executive corporate',
  APPROVE:
    'approve approval sign signoff decide decision authorize authority permission blessing consent buyin greenlight clear okayed vote convince persuade',
  ROLLOUT:
    'implement implementation rollout roll migrate migration migrating install installation integrate integration onboard onboarding train training retrain setup switch switching transition deploy deployment adopt adoption learn learning cutover convert changeover configure bandwidth disruption disrupt downtime import',
  STAFF:
    'team staff people employee user agent crew guy driver nurse teacher worker technician rep salespeople engineer developer folk dispatcher clerk mechanic operator everybody everyone tenant member volunteer',
  SECURITY:
    'security secure privacy private breach leak hack hacked encrypt encryption encrypted confidential gdpr hipaa compliance compliant audit sensitive regulator regulation data residency protect protected certified certification server cloud password access',
  PROOF:
    'proof prove proven reference review evidence guarantee guaranteed result roi track record trust believe believable legit scam promise promised claim reliable reliability case study testimonial credible reputation',
  RIVALWORD: 'competitor competitors alternative vendor provider supplier elsewhere incumbent bidder bid rival contender shortlist',
  OTHER: 'other others another different else',
  COMPARE: 'compare compared comparing comparison versus than against instead rather prefer beat match',
  FEATURE:
    'feature function functionality support report reporting module integration api mobile offline language export capability custom customize customization customise flexible scale workflow version option app screen field template format tool system software platform product service solution machine unit device model program programme package',
  FIT: 'fit suit suitable suited overkill basic generic rigid missing miss limited limitation clunky outdated require requirement cover handle',
  LATER: 'later postpone delay hold wait revisit pause freeze frozen someday eventually',
  NOWTIME: 'now today currently moment right yet',
  PRIORITY: 'priority busy swamped plate slammed rush hurry timing capacity',
  URGENT: 'urgent urgently asap immediately soon sooner quickly deadline quick fast right-away',
  DAY: 'monday tuesday wednesday thursday friday saturday sunday tomorrow tonight morning afternoon evening noon weekend lunch',
  SPAN: 'week month quarter year day fortnight january february march april june july august september october november december spring summer autumn fall winter christmas holiday season easter thanksgiving',
  MEET: 'meet meeting call demo chat walkthrough visit session appointment schedule calendar slot invite invitation book reschedule reconnect tour viewing',
  SEND: 'send email mail forward text share drop shoot submit attach resend upload',
  PAPER:
    'proposal contract paperwork document documentation deck brochure breakdown summary estimate sample spec specification link sheet copy form questionnaire report list case plan draft pdf outline note detail info information number figure',
  DO: 'review check discuss talk speak ask confirm prepare draft arrange organize look read run loop introduce connect follow update pull reach circle touch ring phone call get put let bring take set find',
  MOVE: 'proceed start begin launch buy purchase order pilot trial try subscribe join enroll renew upgrade expand forward ahead onboarded ready',
  GOOD: 'good nice fine cool solid smart neat fair reasonable useful helpful handy clear simple easy clean interesting interested promising valuable sensible decent',
  LOVE: 'love loved great excellent amazing awesome fantastic impressive impressed perfect wonderful brilliant exciting excited incredible outstanding delighted thrilled glad happy pleased terrific superb lovely wow fabulous appeal like liked enjoy appreciate',
  THANK: 'thanks thank cheers bye goodbye welcome hello hi hey',
  NEED: 'need want require wish hope look',
  HELP: 'help save solve improve ease speed cut benefit difference',
  HAVE: 'have has had got use using run',
  HAPPYWITH: 'satisfied content covered sorted set comfortable loyal',
  THINK: 'think consider mull sleep digest decide figure wonder',
  WE: 'we us our ours',
  ME: 'i me my mine',
  YOU: 'you your yours',
  IT: 'it this that these those',
  THEY: 'they them he she him her their',
  WILL: 'will shall going gonna',
  MAY: 'would could can might may should',
  MUST: 'must',
  ASKS: 'what how why when where who which whether',
  IF: 'if unless until till suppose assuming depends depending provided',
  BUT: 'but however although though except unfortunately sadly still',
  LEAVEME: 'remove list stop unsubscribe interested hang uninterested',
  MUCH: 'much many lot too enough so extra more most',
  PERHAPS: 'maybe perhaps possibly probably potentially likely',
};

const CLASSES = new Map(
  Object.entries(LISTS).flatMap(([name, words]) =>
    words.split(' ').flatMap((word) => [[stemOf(word), name] as const, [word, name] as const]),
  ),
);
const SMALL = new Set(
  'a an the to of in on at for with from by about over and or so then just out up off back do does did is are was were be been am there here as into after before because through past down only also already again first next last both all any some same long while way thing'.split(
    ' ',
  ),
);
