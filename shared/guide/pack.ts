import { care } from './packs/care.ts';
import { closing } from './packs/closing.ts';
import { competitors } from './packs/competitors.ts';
import { doubts } from './packs/doubts.ts';
import { notNow } from './packs/not-now.ts';
import { notes } from './packs/noted.ts';
import { price } from './packs/price.ts';
import type { Play } from './play.ts';

/**
 * The playbook every tenant starts with. Each `say` is one move a rep can make in the next breath.
 * A phrase must carry the worry itself, not just its topic: a card too many costs more than one too few.
 */
export const pack: readonly Play[] = [...price, ...notNow, ...doubts, ...competitors, ...closing, ...care, ...notes];
