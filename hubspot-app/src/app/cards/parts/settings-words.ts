import {
  type CaptureSource,
  type ConsentRule,
  type CoverageView,
  type MissedWhy,
  sayMinutes,
  sayUsd,
  type UsageView,
} from '@ros/contracts';

export const sourceWords: Record<CaptureSource['source'], string> = {
  telephone: 'Telephone',
  browser: 'Browser',
  zoom: 'Zoom',
  teams: 'Teams',
  upload: 'Upload',
};

export const sourceStates = {
  connected: { text: 'Connected', variant: 'success' },
  ready: { text: 'Ready', variant: 'success' },
  open: { text: 'Not connected', variant: 'default' },
  lacks: { text: 'Not set up', variant: 'default' },
  'needs-reconnect': { text: 'Connect again', variant: 'warning' },
} as const satisfies Record<CaptureSource['state'], { text: string; variant: string }>;

/** How strict at least; the first is the default. */
export const strictWords: readonly { value: ConsentRule | ''; label: string }[] = [
  { value: '', label: 'As the law of each place asks' },
  { value: 'one-party', label: 'At least: the recording is announced' },
  { value: 'all-told', label: 'At least: everybody is told, and stays' },
  { value: 'all-yes', label: 'Always: everybody says yes' },
];

const missedWords: Record<MissedWhy, string> = {
  'never-record': 'on the list of those nobody hears',
  'over-plan': 'after the plan’s minutes were used up',
  'no-consent': 'without anybody’s yes',
  refused: 'refused by somebody on the call',
  destroyed: 'destroyed by its rep',
  erased: 'erased with its customer',
  'no-words': 'without a word in it',
  failed: 'failed on our side',
};

/** "We heard 41 of 43 calls in the last 30 days." */
export const coverageWords = ({ known, caught }: CoverageView): string =>
  known === 0 ? 'No call has come to us in the last 30 days.' : `We heard ${caught} of ${known} calls in the last 30 days.`;

/** "2 missed: 1 refused by somebody on the call, 1 failed on our side." Empty when none was. */
export function missesWords({ known, caught, byReason }: CoverageView): string {
  const missed = known - caught;
  return missed === 0 ? '' : `${missed} missed: ${byReason.map(({ why, count }) => `${count} ${missedWords[why]}`).join(', ')}.`;
}

/** "$12.40 so far this month; about $31.00 by its end." */
export const monthWords = ({ usd, forecastUsd }: UsageView): string =>
  usd === 0 ? 'Nothing was spent yet this month.' : `${sayUsd(usd)} so far this month; about ${sayUsd(forecastUsd)} by its end.`;

export const speechWords = ({ speech: { minutes, capMinutes, usd, forecastMinutes } }: UsageView) => ({
  used: `${sayMinutes(minutes)} of ${sayMinutes(capMinutes)} minutes`,
  more: `${sayUsd(usd)}. About ${sayMinutes(forecastMinutes)} minutes by the end of the month. A minute of a call is two of speech live, and two afterwards.`,
});

export const modelWords = ({ model: { usd, capUsd, forecastUsd } }: UsageView) => ({
  used: `${sayUsd(usd)} of ${sayUsd(capUsd)}`,
  more: `About ${sayUsd(forecastUsd)} by the end of the month.`,
});

/** What it means that a budget is used up; null while there is some left. */
export function overWords({ speech, model }: UsageView): string | null {
  const means = [
    ...(speech.state === 'over' ? ['Live guidance is off; calls are recorded and transcribed as before.'] : []),
    ...(model.state === 'over' ? ['Calls are read by rules alone.'] : []),
  ];
  return means.length === 0 ? null : means.join(' ');
}
