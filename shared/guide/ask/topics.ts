import type { Evidence, Role } from '../../contracts/transcript.ts';
import type { Claims } from '../deal/deal-heard.ts';

/** Words of the call that answer a question; `label` says what they are, where the words alone do not. */
export interface Hit {
  evidence: Evidence;
  label?: string;
  /** Who acts, where that is not who speaks. */
  who?: Role | 'both';
}

/** What people ask of a call, and where its analysis has that. */
export interface Topic {
  asks: RegExp;
  /** Undefined: nobody looked for it on this call. */
  of(claims: Claims): readonly Hit[] | undefined;
  /** What it is, as an answer begins: "Price came up". */
  lead: string;
  /** When it was looked for and is not there. */
  none: string;
  /** `list`: each of them is named; `last`: the newest word counts. */
  as: 'list' | 'last';
}

/** The first that fits. What is asked of by name only ("who decides") stands before what is asked of widely ("when"). */
export const topics: readonly Topic[] = [
  {
    asks: /\b(?:competitors?|competition|competing|rivals?|alternatives?|other (?:vendors?|sellers?|tools?|providers?|options?|companies)|who else are they|compar\w+)\b/,
    of: ({ competitors }) => competitors?.map(({ name, evidence }) => ({ evidence, label: name })),
    lead: 'Named so far',
    none: 'No other seller was named on this call.',
    as: 'list',
  },
  {
    asks: /\b(?:budget|afford|money (?:is )?set aside|can they spend|spend)\b/,
    of: ({ budget, pricing }) => (budget ? [{ evidence: budget.evidence }] : pricing ? [] : undefined),
    lead: 'Of their budget',
    none: 'They said nothing of a budget on this call.',
    as: 'last',
  },
  {
    asks: /\b(?:price|prices|pricing|priced|cost|costs|how much (?!time)|quote|quoted|discount|discounts|fee|fees|rate)\b/,
    of: ({ pricing }) => pricing?.map(({ evidence }) => ({ evidence })),
    lead: 'Price came up',
    none: 'Price was not spoken of on this call.',
    as: 'last',
  },
  {
    asks: /\b(?:promis\w+|commit\w*|next steps?|action items?|to ?dos?|follow ?ups?|agreed?|agreement|owe|(?:have|need) to (?:do|send)|going to (?:do|send))\b/,
    of: ({ nextSteps }) =>
      nextSteps?.map(({ text, owner, dueText, evidence }) => ({
        evidence,
        label: dueText ? `${text} (${dueText})` : text,
        who: owner === 'both' ? 'both' : owner,
      })),
    lead: 'Agreed so far',
    none: 'Nobody promised anything on this call.',
    as: 'list',
  },
  {
    asks: /\b(?:who (?:decides|signs|approves|has the (?:final|last) say|makes the)|decision ?makers?|sign(?:s|ed)? off|economic buyer|authority|final say)\b/,
    of: ({ authority, people }) => {
      const buyers = people?.filter((one) => one.influence === 'economic_buyer');
      return (
        people && [
          ...(authority ? [{ evidence: authority.evidence, label: authority.text }] : []),
          ...(buyers ?? []).map(({ name, evidence }) => ({ evidence, label: name })),
        ]
      );
    },
    lead: 'On who decides',
    none: 'Nobody said who decides.',
    as: 'list',
  },
  {
    asks: /\b(?:who (?:is|are|was|were|else)|people|names?|stakeholders?|which person|champions?|contacts?)\b/,
    of: ({ people }) => people?.map(({ name, role, evidence }) => ({ evidence, label: role ? `${name}, ${role}` : name })),
    lead: 'Named so far',
    none: 'Nobody of their side was named on this call.',
    as: 'list',
  },
  {
    asks: /\b(?:objections?|concern\w*|worr\w+|push(?:ed)? ?back|hesitat\w+|doubts?|risks?|against)\b/,
    of: ({ objections }) => objections?.map(({ type, evidence }) => ({ evidence, label: type.replace('_', ' ') })),
    lead: 'What worried them',
    none: 'They raised no objection that was heard.',
    as: 'list',
  },
  {
    asks: /\b(?:questions?|(?:did|have) (?:i|we|they|he|she) (?:not )?(?:ask|answer)|asked|unanswered)\b/,
    of: ({ questions }) => questions?.map(({ evidence, isAnswered }) => ({ evidence, ...(isAnswered ? {} : { label: 'not answered' }) })),
    lead: 'Asked so far',
    none: 'No such question was asked on this call.',
    as: 'list',
  },
  {
    asks: /\b(?:problems?|pains?|pain points?|challenges?|struggl\w+|issues?|need|needs|goals?|want|wants|looking for|priorit\w+)\b/,
    of: ({ pains, goals }) => pains && goals && [...pains, ...goals].map(({ evidence }) => ({ evidence })),
    lead: 'What they need',
    none: 'They named no problem or goal that was heard.',
    as: 'list',
  },
  {
    asks: /\b(?:when|dates?|deadlines?|timelines?|timing|by what time|how soon|how long|start date|go live|launch)\b/,
    of: ({ timeline, nextSteps }) =>
      nextSteps && [
        ...(timeline ? [{ evidence: timeline.evidence, label: `${timeline.event}: ${timeline.text}` }] : []),
        ...nextSteps.flatMap(({ dueText, evidence }) => (dueText ? [{ evidence, label: dueText }] : [])),
      ],
    lead: 'Times that were named',
    none: 'No date was named on this call.',
    as: 'list',
  },
];
