import { ProgressBar } from '../host.ts';
import { percent } from './words.ts';

/** Who speaks, as a picture with its number. Above two thirds it warns: the customer should be heard too. */
export function TalkShare({ share }: { share: number }) {
  return (
    <ProgressBar
      title="Your share of the talking"
      aria-label="Your share of the talking"
      value={Math.round(share * 100)}
      maxValue={100}
      valueDescription={`You ${percent(share)}, customer ${percent(1 - share)}`}
      variant={share > 2 / 3 ? 'warning' : 'success'}
    />
  );
}
