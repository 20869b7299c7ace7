import type { Frame } from '../frame.ts';

// Nobody is addressed as Frau or Herr: a call does not say which, and a first name alone is for those who sign with it.
export const de: Frame = {
  weekdays: ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
  months: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
  day: (weekday, day, month) => `${weekday}, ${day}. ${month}`,
  time: (hour, minute) => `${hour}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`} Uhr`,
  by: (day) => `bis ${day}`,
  at: (day, time) => `${day}, ${time}`,
  quoted: (words) => `„${words}“`,
  greet: (name, tone) => `${tone === 'formal' ? 'Guten Tag' : 'Hallo'}${name === null ? '' : ` ${name}`},`,
  isFirstName: () => false,
  opening: {
    new: (day) => `vielen Dank für Ihre Zeit am ${day}.`,
    reply: (day) => `vielen Dank für Ihre Nachricht und für Ihre Zeit am ${day}.`,
    again: (day) => `noch ein kurzer Nachtrag zu unserem Gespräch am ${day}.`,
  },
  recap: {
    formal: 'Nachfolgend fasse ich zusammen, was wir besprochen haben.',
    friendly: 'Hier ist, was wir besprochen haben, damit es keiner von uns im Kopf behalten muss.',
  },
  heads: {
    rep: 'Das übernehme ich:',
    both: 'Das haben wir gemeinsam vereinbart:',
    customer: 'Das haben Sie freundlicherweise übernommen:',
    asked: 'Sie haben gefragt:',
    worries: 'Und das ist Ihnen wichtig:',
  },
  check: {
    formal: 'Bitte geben Sie mir Bescheid, falls ich etwas falsch verstanden habe.',
    friendly: 'Falls ich etwas falsch verstanden habe, antworten Sie mir einfach kurz.',
  },
  sign: { formal: 'Mit freundlichen Grüßen', friendly: 'Viele Grüße', brief: 'Viele Grüße' },
  subject: (day, hasSteps) => `Unser Gespräch am ${day}${hasSteps ? ': nächste Schritte' : ''}`,
};
