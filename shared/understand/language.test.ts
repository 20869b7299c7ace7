import { expect, test } from 'vitest';
import { script } from '../../sandbox/cast.ts';
import type { Utterance } from '../contracts/transcript.ts';
import { analyze } from './analyze.ts';
import { type Language, languageOf } from './language.ts';

const saidIn = (lines: readonly string[]): Utterance[] =>
  lines.map((text, seq) => ({
    seq,
    role: seq % 2 === 0 ? 'rep' : 'customer',
    speaker: seq % 2 === 0 ? 'Sam' : 'Maya',
    text,
    startMs: seq * 6_000,
    endMs: seq * 6_000 + 5_000,
    confidence: 0.9,
  }));

/** The same few turns of a sale in many tongues, with the English words that business people use in all of them. */
const calls: [Language | 'other', string[]][] = [
  [
    'de',
    [
      'Wie machen Sie das heute mit dem Budget, und wer ist bei Ihnen im Meeting für das Pricing dabei?',
      'Na ja, das ist uns ehrlich gesagt zu teuer, und ich muss das noch mit unserem CFO besprechen.',
      'Dann schicke ich Ihnen bis Donnerstag das Follow-up mit dem Proposal, okay?',
    ],
  ],
  [
    'es',
    [
      'Buenos días, gracias por el tiempo. ¿Cómo lo hacen ustedes hoy con el pipeline?',
      'La verdad es que es muy caro para nosotros, y no lo podemos decidir sin el director.',
      'Le mando la propuesta el jueves y hablamos de nuevo la semana que viene.',
    ],
  ],
  [
    'fr',
    [
      'Bonjour, merci de nous recevoir. Comment est-ce que vous faites le reporting aujourd’hui ?',
      'Honnêtement, le prix est trop élevé pour nous, et il faut que je voie avec le directeur.',
      'Je vous envoie la proposition jeudi, et on se rappelle la semaine prochaine.',
    ],
  ],
  [
    'pt',
    [
      'Bom dia, obrigado pelo tempo. Como é que vocês fazem o onboarding hoje?',
      'Na verdade é muito caro para nós, e eu não posso decidir isso sem o diretor.',
      'Eu mando a proposta na quinta e nós falamos de novo na semana que vem.',
    ],
  ],
  [
    'nl',
    [
      'Goedemorgen, dank u wel voor de tijd. Hoe doen jullie dat nu met de planning?',
      'Eerlijk gezegd is het te duur voor ons, en ik moet dat nog met de directie bespreken.',
      'Dan stuur ik u donderdag het voorstel en dan bellen we volgende week weer.',
    ],
  ],
  [
    'it',
    [
      'Buongiorno, grazie per il tempo. Come fate oggi con la pianificazione dei turni?',
      'A dire il vero è troppo caro per noi, e non posso decidere senza il direttore.',
      'Le mando la proposta giovedì e ci sentiamo di nuovo la settimana prossima.',
    ],
  ],
  [
    'sv',
    [
      'God morgon, tack för att du tog dig tid. Hur gör ni det här med planeringen i dag?',
      'Ärligt talat är det för dyrt för oss, och jag måste prata med vår ekonomichef om det.',
      'Då skickar jag ett förslag till er på torsdag, och så hörs vi igen nästa vecka.',
    ],
  ],
  [
    'da',
    [
      'Godmorgen, tak fordi du tog dig tid. Hvordan gør I det her med planlægningen i dag?',
      'Helt ærligt er det for dyrt for os, og jeg skal tale med vores økonomichef om det.',
      'Så sender jeg et forslag til jer på torsdag, og så taler vi sammen igen i næste uge.',
    ],
  ],
  [
    'da',
    [
      'God morgen, takk for at du tok deg tid. Hvordan gjør dere det med planleggingen i dag?',
      'Ærlig talt er det for dyrt for oss, og jeg må snakke med økonomisjefen om det.',
      'Da sender jeg et forslag til dere på torsdag, og så snakkes vi igjen neste uke.',
    ],
  ],
  [
    'pl',
    [
      'Dzień dobry, dziękuję za czas. Jak to teraz u was wygląda z planowaniem?',
      'Szczerze mówiąc, to jest dla nas za drogie i nie mogę tego sam zdecydować.',
      'To ja wyślę ofertę do czwartku i porozmawiamy znowu w przyszłym tygodniu.',
    ],
  ],
  [
    'fi',
    [
      'Hyvää huomenta ja kiitos ajasta. Miten te hoidatte sen suunnittelun nyt?',
      'Se on meille liian kallis, ja minä en voi päättää siitä ilman johtajaa.',
      'Sitten minä lähetän tarjouksen torstaina ja me puhumme siitä ensi viikolla.',
    ],
  ],
  [
    'tr',
    [
      'Merhaba, zaman ayırdığınız için teşekkürler. Bu planlama işini nasıl yapıyorsunuz?',
      'Açıkçası bu bizim için çok pahalı ve ben bunu tek başıma yapamam, müdür de var.',
      'O zaman size perşembe günü bir teklif gönderirim ve sonra bir daha konuşuruz.',
    ],
  ],
  [
    'ro',
    [
      'Bună ziua, mulțumesc pentru timp. Cum faceți acum cu planificarea?',
      'Sincer, este prea scump pentru noi și nu pot să decid asta fără director.',
      'Atunci vă trimit oferta joi și vorbim din nou săptămâna care vine.',
    ],
  ],
  [
    'cs',
    [
      'Dobrý den, děkuji za čas. Jak to teď u vás děláte s plánováním?',
      'Upřímně, je to pro nás moc drahé a já to nemůžu rozhodnout, když tu není ředitel.',
      'Tak já vám pošlu nabídku do čtvrtka a pak se zase ozveme.',
    ],
  ],
  ['other', ['Здравствуйте, спасибо, что нашли время. Как вы это делаете сейчас?', 'Честно говоря, для нас это слишком дорого.']],
  ['other', ['お時間をいただきありがとうございます。今はどのようにされていますか。', '正直に言うと、私たちには高すぎます。']],
];
const bare = (text: string): string => text.toLowerCase().replace(/[.,?¿!;:]/g, '');

test.each(calls)('a call in %s is not taken for English, nor for noise, and yields its figures alone', (language, lines) => {
  for (const said of [saidIn(lines), saidIn(lines.map(bare)), saidIn([...lines, ...lines, ...lines, ...lines])]) {
    expect(languageOf(said)).toBe(language);
    const insight = analyze({
      utterances: said,
      startedAt: '2026-11-18T15:00:00Z',
      timeZone: 'Europe/Berlin',
      repName: 'Sam',
      customerName: 'Maya',
      competitors: ['Proposal'],
    });
    const { bullets, objections, nextSteps, buyingSignals, competitors, pricing } = insight;
    expect([bullets, objections, nextSteps, buyingSignals, competitors, pricing].flat()).toEqual([]);
    expect([insight.pains, insight.people, insight.commitments, insight.budget]).toEqual([undefined, undefined, undefined, undefined]);
    expect(insight.limits).toEqual([expect.stringMatching(/^This call was held in .*only its figures are given\.$/)]);
    expect([insight.talkShareRep > 0, insight.metrics !== undefined]).toEqual([true, true]);
  }
});

const english = script.map((one) => one.text);
test.each<[string, string[]]>([
  ['as it was written', english],
  ['without signs', english.map(bare)],
  ['with a greeting in German', ['Guten Tag, wie geht es Ihnen? Schön, Sie zu sehen.', ...english]],
  ['with names and a phrase in Spanish', [...english, 'María José from Querétaro said mañana, por favor, and we all laughed about it.']],
  ['with an aside in Swedish', [...english.slice(0, 8), 'Jag kommer snart, jag är i ett möte.', ...english.slice(8)]],
  ['of few words', ['Hi, is this a good time for you?', 'Not really, can you call me on Thursday instead?', 'I will, thanks.']],
  [
    'of figures and names',
    ['Ken, Oslo, Bergen, 14, 15 and 19.', 'Okay, that is 48 for us, and the rest is for Rotterdam, Utrecht and Gent.'],
  ],
])('English %s stays English', (_, lines) => {
  expect([undefined, 'en']).toContain(languageOf(saidIn(lines)));
});
