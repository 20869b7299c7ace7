import type { ChangeItem, ChangeKind } from '../../shared/contracts/change.ts';
import type { WrittenView } from '../../shared/contracts/view.ts';
import { unwrap } from '../ask.ts';
import { conversationOf, until } from '../play-call.ts';
import type { Activity, Deal, Side } from './side.ts';

export const soon = <T>(look: () => Promise<T | undefined> | T | undefined, what: string) => until(look, what, 100);

export const stageIs = (side: Side, deal: Deal, stage: string) => (side.stage(deal.id) === stage ? true : undefined);

/** What stands on the deal, and whether on its contact, too; by kind. */
export const standing = (side: Side, deal: Deal): Pick<Activity, 'kind' | 'isOnContact'>[] =>
  side
    .activities(deal)
    .map(({ kind, isOnContact }) => ({ kind, isOnContact }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));

/** The call's change of this kind; for a field, the one of this name. */
export function of(changes: readonly ChangeItem[] | undefined, kind: ChangeKind, field?: string): ChangeItem {
  const found = changes?.find(({ body }) => body.kind === kind && (body.kind !== 'set-field' || body.field === field));
  if (!found) throw new Error(`There is no ${kind} among the changes of the call.`);
  return found;
}

export const changeIs = (side: Side, callId: string, id: string, state: ChangeItem['state']): Promise<ChangeItem> =>
  soon(
    async () => (await conversationOf(side.card, callId)).changes.find((one) => one.id === id && one.state === state),
    `change ${id} is ${state}`,
  );

export async function writtenItem(side: Side, deal: Deal, id: string) {
  const { items } = unwrap<WrittenView>(await side.card.get(`/v1/record/deal/${deal.id}/written`));
  return items.find(({ change }) => change.id === id);
}
