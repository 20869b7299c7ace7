import type { Frame } from '../frame.ts';

export const fr: Frame = {
  weekdays: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  months: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  day: (weekday, day, month) => `${weekday} ${day === 1 ? '1er' : day} ${month}`,
  time: (hour, minute) => `${hour} h${minute === 0 ? '' : ` ${String(minute).padStart(2, '0')}`}`,
  by: (day) => `d’ici ${day}`,
  at: (day, time) => `${day} à ${time}`,
  quoted: (words) => `« ${words} »`,
  greet: (name) => `Bonjour${name === null ? '' : ` ${name}`},`,
  isFirstName: () => false,
  opening: {
    new: (day) => `Merci pour le temps que vous m’avez accordé ${day}.`,
    reply: (day) => `Merci pour votre message et pour le temps que vous m’avez accordé ${day}.`,
    again: (day) => `Un mot encore après notre échange de ${day}.`,
  },
  recap: {
    formal: 'Vous trouverez ci-dessous ce que nous nous sommes dit.',
    friendly: 'Voici ce que nous nous sommes dit, pour que personne n’ait à le retenir.',
  },
  heads: {
    rep: 'Ce dont je m’occupe :',
    both: 'Ce que nous avons convenu ensemble :',
    customer: 'Ce dont vous avez bien voulu vous charger :',
    asked: 'Vous avez demandé :',
    worries: 'Et j’ai noté ce qui compte pour vous :',
  },
  check: {
    formal: 'Merci de me signaler tout point que j’aurais mal compris.',
    friendly: 'Si j’ai mal compris quelque chose, répondez-moi simplement.',
  },
  sign: { formal: 'Bien cordialement,', friendly: 'Bien à vous,', brief: 'Cordialement,' },
  subject: (day, hasSteps) => `Notre échange de ${day}${hasSteps ? ' : prochaines étapes' : ''}`,
};
