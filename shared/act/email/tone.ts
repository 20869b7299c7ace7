import type { EmailTone } from '../../contracts/email.ts';

/** What is set for a rep, and for everyone of the tenant. */
export interface Tones {
  mine: EmailTone | null;
  everyone: EmailTone | null;
}

/** Nobody is asked how they write: friendly offends no one, and whoever wants another tone sets it. */
export const usedTone = ({ mine, everyone }: Tones): EmailTone => mine ?? everyone ?? 'friendly';
