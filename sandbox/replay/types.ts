/** What a card or moment of ours is called in a folder's triggers; a play may count as several. */
const named: Record<string, readonly string[]> = {
  'price-objection': ['pricing', 'objection:price'],
  'pricing-question': ['pricing'],
  'pricing-asked': ['pricing'],
  'price-quoted': ['pricing'],
  budget: ['objection:budget', 'objection:price', 'pricing'],
  authority: ['objection:authority'],
  proof: ['objection:trust', 'objection:proof'],
  'no-decision': ['objection:timing', 'objection:no-decision'],
  'already-use': ['objection:competitor', 'objection:need', 'competitor'],
  'buying-signal': ['buying_signal', 'next_step'],
  'next-step-missing': ['next_step'],
  'meeting-agreed': ['next_step'],
  'invite-promised': ['next_step'],
};

export const typesOf = ({ kind, playId }: { kind?: string | undefined; playId: string }): readonly string[] =>
  named[playId] ?? (kind === 'price' ? ['pricing'] : kind === 'objection' ? [`objection:${playId}`] : kind === undefined ? [] : [kind]);
