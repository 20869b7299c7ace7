import type { Moment, MomentRule } from '../../contracts/playbook.ts';

type Said = 'rep' | 'customer' | 'anyone';
type Words = Pick<Moment, 'id' | 'name' | 'headline' | 'say'> & { phrases: string[]; said?: Said };
type More = Partial<Pick<Moment, 'kind' | 'priority' | 'compliance'>>;

const made = ({ id, name, headline, say }: Omit<Words, 'phrases' | 'said'>, rule: MomentRule, more: Partial<Moment> = {}): Moment => ({
  id,
  name,
  kind: 'question',
  headline,
  say,
  rule,
  enabled: true,
  stages: [],
  when: [],
  cooldownSeconds: 60,
  oncePerCall: true,
  maxPerCall: 1,
  priority: 50,
  compliance: false,
  ...more,
});

/** A point of the checklist: ticked when the rep has said it. */
export const point = (stage: string, id: string, name: string, phrases: string[], said: Said = 'rep'): Moment =>
  made({ id, name, headline: name, say: name }, { is: 'step', phrases, said, relatedForms: true, stage });

/** Comes when its words do not: by a second of the call, or by the time the checklist is in a stage. */
export const unlessSaid = ({ phrases, said = 'rep', ...it }: Words, by: { seconds: number } | { stage: string }, more: More = {}): Moment =>
  made(
    it,
    {
      is: 'not-said',
      phrases,
      said,
      relatedForms: true,
      ...('seconds' in by ? { bySeconds: by.seconds } : { byStage: by.stage }),
    },
    more,
  );

/** Comes with its words. */
export const whenSaid = (
  { phrases, said = 'customer', ...it }: Words,
  not: string[] = [],
  more: More & { asQuestion?: boolean } = {},
): Moment => {
  const { asQuestion = false, ...rest } = more;
  return made(it, { is: 'phrase', phrases, said, relatedForms: true, asQuestion, not }, rest);
};

/** How the rep speaks, or for how long: comes again until it is better, three times at most. */
export const manner = (it: Omit<Words, 'phrases' | 'said'>, rule: MomentRule): Moment =>
  made(it, rule, { oncePerCall: false, maxPerCall: 3, cooldownSeconds: 180, priority: 20 });

/** A field that is filled from what the customer says. */
export const field = (id: string, name: string, slot: Extract<MomentRule, { is: 'slot' }>['slot'], near: string[] = []): Moment =>
  made({ id, name, headline: name, say: name }, { is: 'slot', slot, said: 'customer', near });
