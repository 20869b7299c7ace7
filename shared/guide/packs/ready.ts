import type { Moment, PackId } from '../../contracts/playbook.ts';
import { demo } from './demo.ts';
import { negotiation } from './negotiation.ts';
import { renewal } from './renewal.ts';
import { sdrDiscovery } from './sdr-discovery.ts';

/** A pack that can be taken as it is. `core` is what every tenant starts with: its plays stand in `pack.ts`. */
export interface ReadyPack {
  id: PackId;
  name: string;
  said: string;
  moments: readonly Moment[];
}

export const readyPacks: readonly ReadyPack[] = [
  {
    id: 'core',
    name: 'Objections and competitors',
    said: 'Price, doubts, competitors, endings and promises. On for everybody.',
    moments: [],
  },
  {
    id: 'sdr-discovery',
    name: 'SDR discovery',
    said: 'A first talk: why they took it, what hurts, who decides, and the next date.',
    moments: sdrDiscovery,
  },
  { id: 'demo', name: 'Demo', said: 'A showing: what they want to see, only that, and a verdict at the end.', moments: demo },
  { id: 'negotiation', name: 'Negotiation', said: 'Terms: nothing given for nothing, and a day for the signature.', moments: negotiation },
  { id: 'renewal', name: 'Renewal', said: 'A year on: what it was worth, what went wrong, and the next term.', moments: renewal },
];
