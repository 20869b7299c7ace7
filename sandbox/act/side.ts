import type { Card } from '../ask.ts';

/** What stands on a deal's timeline, as a person finds it there. */
export interface Activity {
  id: string;
  kind: 'call' | 'note' | 'task';
  text: string;
  /** The contact's own page shows it, too. */
  isOnContact: boolean;
}

/** A deal and the one person who is called about it. */
export interface Deal {
  id: string;
  contactId: string;
  email: string;
}

/** One CRM with our app in it: its cards, and what people and admins do in it without us. */
export interface Side {
  host: 'hubspot' | 'salesforce';
  crm: 'HubSpot' | 'Salesforce';
  /** The rep's card, which asks signed. */
  card: Card;
  /** The card of who connected us. */
  admin: Card;
  repId: string;
  /** Where a dialler hands its calls over. */
  source: { url: string; secret: string };
  /** The stage of a new deal, the one that a customer's yes leads to, and one that a person chooses instead. */
  stages: { first: string; next: string; other: string };
  amountField: string;
  /** Who edits: never the rep. */
  person: string;
  /** A deal in the first stage with a contact of its own; a person has made both. */
  deal(fields?: { amount?: string }): Deal;
  activities(deal: Deal): Activity[];
  /** What a person sees of an activity, wherever it hangs. */
  stands(kind: Activity['kind'], id: string): boolean;
  stage(dealId: string): string;
  amount(dealId: string): string;
  /** Every value the stage was given after the first one, in order. */
  moves(dealId: string): { to: string; byUs: boolean }[];
  moveStage(dealId: string, to: string): void;
  setAmount(dealId: string, to: string): void;
  tickOff(taskId: string): void;
  rename(taskId: string, subject: string): void;
  /** From now on a deal needs an amount to get to this stage; null for no rule. */
  requireAmountAt(stage: string | null): void;
  /** Another product logs a call of `durationMs` that began at about `startedMs`; its id. */
  logCallByOther(deal: Deal, startedMs: number, durationMs: number): string;
  /** The deal's contact becomes one with another; the id both are found under. */
  mergeContact(deal: Deal): string;
  /** What a call was about becomes another record while it runs: where the call is handed over to, and where it belongs. */
  becomesAnother(): { record: { object: 'deal' | 'lead'; id: string }; deal: Deal };
  /** News of what people do does not reach us while `work` runs. */
  unheard(work: () => Promise<void>): Promise<void>;
  /** Takes our app out, as an admin does there. */
  uninstall(): void;
  /** Puts it in again. */
  install(): Promise<void>;
  /** Requests that this CRM has had from us, refused ones too. */
  asked(): number;
}
