import { never } from './must.ts';

/**
 * The one rule on who may see what was said on a call.
 * Everybody, the rep too, must be shown the record by the CRM (any of `reach`); its rep then always sees it,
 * a private call is theirs alone, and `sharing` decides by which right the others see the rest.
 */
export function maySee(
  viewer: { userId: string; ownsCall: boolean },
  call: { isPrivate: boolean },
  reach: { owner: boolean; team: boolean; any: boolean },
  sharing: 'owner' | 'team' | 'everyone',
): boolean {
  if (!reach.owner && !reach.team && !reach.any) return false;
  if (viewer.ownsCall) return true;
  if (call.isPrivate) return false;
  switch (sharing) {
    case 'owner':
      return reach.owner;
    case 'team':
      return reach.owner || reach.team;
    case 'everyone':
      return true;
    default:
      return never(sharing);
  }
}
