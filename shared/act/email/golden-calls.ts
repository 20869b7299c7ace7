import type { EmailLanguage } from '../../contracts/email.ts';
import type { Insight, NextStep } from '../../contracts/insight.ts';
import { quietInsight } from '../../contracts/quiet-insight.ts';
import type { Evidence, Role, Utterance } from '../../contracts/transcript.ts';

export const call = {
  repName: 'Sam Okafor',
  customerName: 'Maya Lindqvist',
  startedAt: '2026-11-18T15:00:00Z',
  timeZone: 'Europe/Berlin',
  seller: 'Brightloop',
};

type Turn = readonly [role: Role, text: string];
interface Said {
  promise: Turn;
  /** With an hour in its words. */
  meeting: Turn;
  hour: string;
  theirs: Turn;
  question: Turn;
  worry: Turn;
}

const said: Record<EmailLanguage, Said> = {
  en: {
    promise: ['rep', 'I will send you the security questionnaire by Friday.'],
    meeting: ['customer', 'Let us meet again on Tuesday at ten.'],
    hour: 'Tuesday at ten',
    theirs: ['customer', 'I will send you the list of our sites.'],
    question: ['customer', 'How soon could we start if we sign this month?'],
    worry: ['customer', 'It is twice what we pay today.'],
  },
  de: {
    promise: ['rep', 'Ich schicke Ihnen den Sicherheitsfragebogen bis Freitag.'],
    meeting: ['customer', 'Dann sprechen wir am Dienstag um 10 Uhr noch einmal.'],
    hour: 'Dienstag um 10 Uhr',
    theirs: ['customer', 'Ich schicke Ihnen die Liste unserer Standorte.'],
    question: ['customer', 'Wie schnell könnten wir anfangen, wenn wir diesen Monat unterschreiben?'],
    worry: ['customer', 'Das ist doppelt so viel, wie wir heute zahlen.'],
  },
  fr: {
    promise: ['rep', 'Je vous envoie le questionnaire de sécurité avant vendredi.'],
    meeting: ['customer', 'On se reparle mardi à 10 heures, si vous voulez bien.'],
    hour: 'mardi à 10 heures',
    theirs: ['customer', 'Je vous envoie la liste de nos sites.'],
    question: ['customer', 'Dans combien de temps est-ce que nous pouvons commencer ?'],
    worry: ['customer', "C'est le double de ce que nous payons aujourd'hui."],
  },
  es: {
    promise: ['rep', 'Le envío el cuestionario de seguridad antes del viernes.'],
    meeting: ['customer', 'Hablamos otra vez el martes a las 10 con el equipo.'],
    hour: 'martes a las 10',
    theirs: ['customer', 'Yo les mando la lista de las sedes.'],
    question: ['customer', '¿Cuándo podemos empezar si firmamos este mes?'],
    worry: ['customer', 'Es el doble de lo que pagamos por esto hoy.'],
  },
  pt: {
    promise: ['rep', 'Eu envio o questionário de segurança até sexta.'],
    meeting: ['customer', 'Podemos falar na terça às 10 horas com a equipe.'],
    hour: 'terça às 10 horas',
    theirs: ['customer', 'Eu mando a lista das nossas unidades.'],
    question: ['customer', 'Quando é que podemos começar se assinarmos este mês?'],
    worry: ['customer', 'Isso é o dobro do que pagamos hoje.'],
  },
  it: {
    promise: ['rep', 'Le mando il questionario di sicurezza entro venerdì.'],
    meeting: ['customer', 'Ci sentiamo martedì alle 10 con il nostro ufficio.'],
    hour: 'martedì alle 10',
    theirs: ['customer', 'Io vi mando la lista delle nostre sedi.'],
    question: ['customer', 'Quando possiamo cominciare se firmiamo questo mese?'],
    worry: ['customer', 'È il doppio di quello che paghiamo oggi.'],
  },
  nl: {
    promise: ['rep', 'Ik stuur u de vragenlijst over veiligheid voor vrijdag.'],
    meeting: ['customer', 'We spreken elkaar dinsdag om 10 uur nog een keer.'],
    hour: 'dinsdag om 10 uur',
    theirs: ['customer', 'Ik stuur jullie de lijst van onze locaties.'],
    question: ['customer', 'Hoe snel kunnen we beginnen als we deze maand tekenen?'],
    worry: ['customer', 'Dat is het dubbele van wat we nu betalen.'],
  },
};

/** The same call in each language: a promise with its day, a meeting with its hour, a favour, a question and a worry. */
export function callIn(language: EmailLanguage): { insight: Insight; heard: Utterance[] } {
  const { hour, ...turns } = said[language];
  const order = ['promise', 'meeting', 'theirs', 'question', 'worry'] as const;
  const proof = (what: (typeof order)[number]): Evidence => {
    const [role, quote] = turns[what];
    const speaker = role === 'rep' ? call.repName : call.customerName;
    const seq = order.indexOf(what);
    return { quote, seq, role, speaker, startMs: seq * 5_000, endMs: seq * 5_000 + 4_000 };
  };
  const step = (owner: NextStep['owner'], text: string, evidence: Evidence, due: Pick<NextStep, 'dueText' | 'dueAt'> = {}): NextStep => ({
    text,
    owner,
    hedged: false,
    confidence: 0.9,
    evidence,
    ...due,
  });
  return {
    insight: quietInsight({
      nextSteps: [
        step('rep', 'Send Maya the security questionnaire', proof('promise'), { dueText: 'Friday', dueAt: '2026-11-20T17:00:00+01:00' }),
        step('both', 'Meet Maya again', proof('meeting'), { dueText: hour, dueAt: '2026-11-24T10:00:00+01:00' }),
        step('customer', 'Remind Maya to send you the list of their sites', proof('theirs')),
      ],
      buyingSignals: [{ type: 'purchase_q', confidence: 0.9, evidence: proof('question') }],
      objections: [{ type: 'price', confidence: 0.9, evidence: proof('worry') }],
    }),
    heard: order.map((what) => {
      const { quote, ...at } = proof(what);
      return { ...at, text: quote, confidence: 1 };
    }),
  };
}
