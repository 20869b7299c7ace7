import type { Frame } from '../frame.ts';

// Words that are at home in Brazil and in Portugal alike.
export const pt: Frame = {
  weekdays: ['domingo', 'segunda-feira', 'terça-feira', 'quarta-feira', 'quinta-feira', 'sexta-feira', 'sábado'],
  months: ['janeiro', 'fevereiro', 'março', 'abril', 'maio', 'junho', 'julho', 'agosto', 'setembro', 'outubro', 'novembro', 'dezembro'],
  day: (weekday, day, month) => `${weekday}, ${day} de ${month}`,
  time: (hour, minute) => `${hour}h${minute === 0 ? '' : String(minute).padStart(2, '0')}`,
  by: (day) => `até ${day}`,
  at: (day, time) => `${day}, às ${time}`,
  quoted: (words) => `“${words}”`,
  greet: (name, tone) => (tone === 'formal' ? `Bom dia${name === null ? '' : `, ${name}`},` : `Olá${name === null ? '' : `, ${name}`},`),
  isFirstName: (tone) => tone !== 'formal',
  opening: {
    new: (day) => `Agradeço o seu tempo na nossa conversa (${day}).`,
    reply: (day) => `Agradeço a sua mensagem e o seu tempo na nossa conversa (${day}).`,
    again: (day) => `Mais uma nota sobre a nossa conversa (${day}).`,
  },
  recap: {
    formal: 'Segue abaixo o resumo.',
    friendly: 'Aqui está o resumo, para que ninguém precise guardar tudo na memória.',
  },
  heads: {
    rep: 'A minha parte:',
    both: 'Combinamos fazer juntos:',
    customer: 'A sua parte:',
    asked: 'A sua pergunta:',
    worries: 'E anotei o que é importante:',
  },
  check: {
    formal: 'Peço que me avise caso eu tenha entendido algo mal.',
    friendly: 'Se entendi algo mal, basta responder a este e-mail.',
  },
  sign: { formal: 'Com os melhores cumprimentos,', friendly: 'Cumprimentos cordiais,', brief: 'Cumprimentos,' },
  subject: (day, hasSteps) => `A nossa conversa (${day})${hasSteps ? ': próximos passos' : ''}`,
};
