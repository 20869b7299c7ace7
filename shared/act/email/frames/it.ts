import type { Frame } from '../frame.ts';

export const it: Frame = {
  weekdays: ['domenica', 'lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato'],
  months: [
    'gennaio',
    'febbraio',
    'marzo',
    'aprile',
    'maggio',
    'giugno',
    'luglio',
    'agosto',
    'settembre',
    'ottobre',
    'novembre',
    'dicembre',
  ],
  day: (weekday, day, month) => `${weekday} ${day === 1 ? '1º' : day} ${month}`,
  time: (hour, minute) => `ore ${hour}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}`,
  by: (day) => `entro ${day}`,
  at: (day, time) => `${day}, ${time}`,
  quoted: (words) => `«${words}»`,
  greet: (name, tone) => (name === null ? 'Buongiorno,' : tone === 'formal' ? `Gentile ${name},` : `Buongiorno ${name},`),
  isFirstName: (tone) => tone !== 'formal',
  opening: {
    new: (day) => `grazie per il tempo dedicatomi ${day}.`,
    reply: (day) => `grazie per il messaggio e per il tempo dedicatomi ${day}.`,
    again: (day) => `ancora una nota dopo la nostra chiamata di ${day}.`,
  },
  recap: {
    formal: 'Di seguito riassumo quanto ci siamo detti.',
    friendly: 'Ecco che cosa ci siamo detti, così nessuno deve tenerlo a mente.',
  },
  heads: {
    rep: 'Me ne occupo io:',
    both: 'Abbiamo concordato di fare insieme:',
    customer: 'Se ne occupa Lei:',
    asked: 'Le domande poste:',
    worries: 'E ho annotato che cosa Le sta a cuore:',
  },
  check: {
    formal: 'La prego di segnalarmi se ho frainteso qualcosa.',
    friendly: 'Se ho frainteso qualcosa, basta rispondere a questa e-mail.',
  },
  sign: { formal: 'Cordiali saluti,', friendly: 'Un caro saluto,', brief: 'Saluti,' },
  subject: (day, hasSteps) => `La nostra chiamata di ${day}${hasSteps ? ': prossimi passi' : ''}`,
};
