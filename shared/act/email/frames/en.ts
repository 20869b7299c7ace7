import type { Frame } from '../frame.ts';

export const en: Frame = {
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  day: (weekday, day, month) => `${weekday}, ${month} ${day}`,
  time: (hour, minute) =>
    `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`} ${hour < 12 ? 'AM' : 'PM'}`,
  by: (day) => `by ${day}`,
  at: (day, time) => `${day} at ${time}`,
  quoted: (words) => `“${words}”`,
  greet: (name, tone) => (name === null ? 'Hello,' : tone === 'formal' ? `Dear ${name},` : `Hi ${name},`),
  isFirstName: (tone) => tone !== 'formal',
  opening: {
    new: (day) => `thank you for your time on ${day}.`,
    reply: (day) => `thank you for your message, and for your time on ${day}.`,
    again: (day) => `one more note after our call on ${day}.`,
  },
  recap: {
    formal: 'Below is what we said, for your records and mine.',
    friendly: 'Here is what we said, so that neither of us has to remember it.',
  },
  heads: {
    rep: 'What I will do:',
    both: 'What we agreed to do together:',
    customer: 'What you kindly took on:',
    asked: 'You asked:',
    worries: 'And I have noted what matters to you:',
  },
  check: {
    formal: 'Please let me know if I have misunderstood anything.',
    friendly: 'If I misheard anything, just reply and tell me.',
  },
  sign: { formal: 'Kind regards,', friendly: 'Best regards,', brief: 'Best,' },
  subject: (day, hasSteps) => `Our call on ${day}${hasSteps ? ': next steps' : ''}`,
};
