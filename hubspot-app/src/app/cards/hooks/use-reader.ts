import { useExtensionContext } from '@hubspot/ui-extensions';
import type { World } from './world.ts';

/** Who looks at a card, where and when. */
export interface Reader {
  /** As `decidedBy` of a change names them. */
  id: string;
  timeZone: string;
  nowMs: number;
}

export function useReader(world: World): Reader {
  const { user, portal } = useExtensionContext<'crm.record.tab'>();
  return { id: String(user.id), timeZone: portal.timezone, nowMs: world.now() };
}
