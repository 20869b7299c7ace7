import type { Frame } from '../frame.ts';

export const nl: Frame = {
  weekdays: ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'],
  months: ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'],
  day: (weekday, day, month) => `${weekday} ${day} ${month}`,
  time: (hour, minute) => `${hour}.${String(minute).padStart(2, '0')} uur`,
  by: (day) => `uiterlijk ${day}`,
  at: (day, time) => `${day} om ${time}`,
  quoted: (words) => `‘${words}’`,
  greet: (name, tone) =>
    name === null ? 'Goedendag,' : tone === 'formal' ? `Geachte ${name},` : tone === 'brief' ? `Hallo ${name},` : `Beste ${name},`,
  isFirstName: (tone) => tone !== 'formal',
  opening: {
    new: (day) => `Hartelijk dank voor uw tijd op ${day}.`,
    reply: (day) => `Hartelijk dank voor uw bericht en voor uw tijd op ${day}.`,
    again: (day) => `Nog een korte aanvulling op ons gesprek van ${day}.`,
  },
  recap: {
    formal: 'Hieronder vat ik samen wat we hebben besproken.',
    friendly: 'Dit hebben we besproken, zodat niemand het hoeft te onthouden.',
  },
  heads: {
    rep: 'Dit doe ik:',
    both: 'Dit hebben we samen afgesproken:',
    customer: 'Dit neemt u op u:',
    asked: 'U vroeg:',
    worries: 'En dit is voor u van belang:',
  },
  check: {
    formal: 'Laat u het mij weten als ik iets verkeerd heb begrepen.',
    friendly: 'Heb ik iets verkeerd begrepen, beantwoord dan gewoon deze mail.',
  },
  sign: { formal: 'Met vriendelijke groet,', friendly: 'Vriendelijke groeten,', brief: 'Groeten,' },
  subject: (day, hasSteps) => `Ons gesprek van ${day}${hasSteps ? ': volgende stappen' : ''}`,
};
