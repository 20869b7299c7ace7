import type { GateId } from '../../contracts/gates.ts';
import type { Methodology } from '../../contracts/methodology.ts';

/** What has to be known before a sale is in each stage: elements of MEDDPICC with the score they need. Each stage asks for those before it, too. */
export const stageGates: readonly { stage: Methodology['carries']; asks: readonly (readonly [GateId, number])[] }[] = [
  {
    stage: 'evaluation',
    asks: [
      ['identifyPain', 2],
      ['champion', 1],
    ],
  },
  {
    stage: 'proposal',
    asks: [
      ['champion', 2],
      ['metrics', 2],
    ],
  },
  {
    stage: 'negotiation',
    asks: [
      ['economicBuyer', 2],
      ['decisionProcess', 2],
    ],
  },
  { stage: 'commit', asks: [['paperProcess', 1]] },
];
