import type { Frame } from '../frame.ts';

// Worded so that neither tú nor usted, and nobody's gender, has to be guessed where it can be helped; usted where not.
export const es: Frame = {
  weekdays: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
  months: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
  day: (weekday, day, month) => `${weekday} ${day} de ${month}`,
  time: (hour, minute) => `${hour}:${String(minute).padStart(2, '0')} h`,
  by: (day) => `a más tardar el ${day}`,
  at: (day, time) => `${day}, ${time}`,
  quoted: (words) => `«${words}»`,
  greet: (name, tone) =>
    tone === 'formal' ? `Buenos días${name === null ? '' : `, ${name}`}:` : `Hola${name === null ? '' : `, ${name}`}:`,
  isFirstName: (tone) => tone !== 'formal',
  opening: {
    new: (day) => `Gracias por su tiempo el ${day}.`,
    reply: (day) => `Gracias por su mensaje y por su tiempo el ${day}.`,
    again: (day) => `Una nota más tras nuestra llamada del ${day}.`,
  },
  recap: {
    formal: 'A continuación le resumo lo que hablamos.',
    friendly: 'Esto es lo que hablamos, para que nadie tenga que recordarlo.',
  },
  heads: {
    rep: 'De esto me encargo yo:',
    both: 'Esto acordamos hacer juntos:',
    customer: 'De esto se encarga usted:',
    asked: 'Usted preguntó:',
    worries: 'Y he anotado lo que le importa:',
  },
  check: {
    formal: 'Le agradeceré que me indique si he entendido algo mal.',
    friendly: 'Si entendí algo mal, basta con responder a este correo.',
  },
  sign: { formal: 'Atentamente,', friendly: 'Un cordial saludo,', brief: 'Saludos,' },
  subject: (day, hasSteps) => `Nuestra llamada del ${day}${hasSteps ? ': próximos pasos' : ''}`,
};
