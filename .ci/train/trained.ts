import type { Calibration } from './calibrate.ts';
import type { Unseen } from './cross-validate.ts';
import type { Plan } from './judges.ts';
import type { Packed } from './pack.ts';

export interface Trained {
  /** What stands in weights.json. */
  packed: { fingerprint: string; judges: Record<string, Packed | Record<string, Packed>>; bytes: string };
  /** For the model card: what each head said of turns it had not seen, by dialogue and by industry. */
  unseen: { plan: Plan; calibration: Calibration; byIndustry: Unseen[]; byDialogue: Unseen[] }[];
}
