/** What to ask next: first while nothing is known from the customer, then to make it hard with a figure, a name or a date. */
export const meddpiccQuestions = {
  metrics: [
    'If this works, what would change, and how would you measure it?',
    'What is that number today, and what would it have to become?',
  ],
  economicBuyer: ['Who has the final say on a purchase like this?', 'What is their name, and what do they look at first?'],
  decisionCriteria: ['What would a solution have to do for you to choose it?', 'Which of these would rule a vendor out?'],
  decisionProcess: ['What happens on your side between today and a decision?', 'By when do you want each of these steps done?'],
  paperProcess: ['What does your paperwork look like: legal, security, procurement?', 'How long do these reviews usually take?'],
  identifyPain: ['What is hardest about how you do this today?', 'How much does that cost you, in time or money?'],
  champion: ['Who else wants this to happen, and why?', 'How will you bring this up with the others, and can we help you prepare?'],
  competition: [
    'What else are you considering, including doing nothing?',
    'What do you like about the other option, and what is it missing?',
  ],
} as const;

export const bantQuestions = {
  budget: ['Is money set aside for this?', 'What range should we stay in?'],
  authority: ['Besides you, who is part of this decision?', 'Who signs in the end?'],
  need: ['What made you look into this now?', 'How much would it be worth to solve that?'],
  timeline: ['When would you like this to be in place?', 'Which date must not be missed?'],
} as const;

export const spicedQuestions = {
  situation: ['How do you handle this today?', 'How many people and which systems take part in it?'],
  pain: ['What is not working about that?', 'How often does that happen?'],
  impact: ['What does that lead to?', 'What does that cost you in a year?'],
  criticalEvent: ['What happens if nothing changes by then?', 'Which date does this hang on?'],
  decision: ['How will you decide, and who takes part?', 'What are the steps, with names and dates?'],
} as const;
