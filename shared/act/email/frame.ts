import type { EmailTone } from '../../contracts/email.ts';
import type { Owner } from '../../contracts/insight.ts';

/** Why this mail is written now: the first after the call · they wrote last · we wrote last. */
type Occasion = 'new' | 'reply' | 'again';

/** What of a mail is ours in one language. Nothing here says anything of what the call was about. */
export interface Frame {
  /** Sunday first. */
  weekdays: readonly string[];
  /** January first. */
  months: readonly string[];
  day(weekday: string, day: number, month: string): string;
  time(hour: number, minute: number): string;
  /** A promise's day, behind the words that promise it. */
  by(day: string): string;
  at(day: string, time: string): string;
  quoted(words: string): string;
  /** `null` when nobody knows their name. */
  greet(name: string | null, tone: EmailTone): string;
  /** A first name alone is how people write in this tone without having been asked to. */
  isFirstName(tone: EmailTone): boolean;
  opening: Record<Occasion, (day: string) => string>;
  /** Announces what follows; none in brief. */
  recap: Record<Exclude<EmailTone, 'brief'>, string>;
  heads: Record<Owner | 'asked' | 'worries', string>;
  check: Record<Exclude<EmailTone, 'brief'>, string>;
  sign: Record<EmailTone, string>;
  subject(day: string, hasSteps: boolean): string;
}
