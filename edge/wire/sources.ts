import * as z from 'zod/mini';
import type { CaptureSource } from '../../shared/contracts/capture.ts';
import type { Who } from '../http/who.ts';
import type { Parts } from '../parts.ts';
import * as tenants from '../tenants/store.ts';

const platformSettings = z.object({
  crm: z._default(z.string(), ''),
  recordingIsConsent: z._default(z.boolean(), false),
  trouble: z.optional(z.nullable(z.string())),
});
const lineSettings = z.object({ lines: z._default(z.array(z.unknown()), []) });

/** Where this CRM's calls come from, and what each source still lacks. */
export async function sourcesOf(parts: Parts, { tenantId, connectionId }: Who): Promise<CaptureSource[]> {
  const all = (await tenants.connectionsOf(parts.db, tenantId)).filter(({ state }) => state !== 'disconnected');
  const line = all.find(({ provider, state }) => provider === 'twilio' && state === 'connected');
  const of = (provider: 'zoom' | 'graph') =>
    all.find((row) => row.provider === provider && platformSettings.parse(row.settings).crm === connectionId);
  const numbers = line ? lineSettings.parse(line.settings).lines.length : 0;
  return [
    line
      ? {
          source: 'telephone',
          state: 'connected',
          line: `Twilio answers ${numbers} ${numbers === 1 ? 'number' : 'numbers'} for your reps.`,
        }
      : {
          source: 'telephone',
          state: 'lacks',
          line: 'The Twilio account, and who answers which number, have to be stored by whoever runs the setup.',
        },
    { source: 'browser', state: 'ready', line: 'A rep presses “Listen to a meeting” on a record.' },
    platform('zoom', of('zoom'), parts.zoom.connect !== undefined),
    platform('teams', of('graph'), parts.graph.connect !== undefined),
    {
      source: 'upload',
      state: 'ready',
      line:
        parts.settings.DEEPGRAM_API_KEY === undefined
          ? 'Transcripts can be handed over; recordings need a speech key.'
          : 'Recordings and transcripts can be handed over on a record.',
    },
  ];
}

const names = { zoom: 'Zoom', teams: 'Teams' } as const;

function platform(source: 'zoom' | 'teams', row: tenants.ConnectionRow | undefined, isOffered: boolean): CaptureSource {
  const name = names[source];
  if (!row)
    return isOffered
      ? { source, state: 'open', line: `Connect it, and meetings recorded in ${name} become calls.` }
      : { source, state: 'lacks', line: `No ${name} app is set up here yet.` };
  const { recordingIsConsent, trouble } = platformSettings.parse(row.settings);
  if (row.state === 'needs-reconnect')
    return { source, state: 'needs-reconnect', line: trouble ?? `${name} has to be connected again.`, recordingIsConsent };
  return {
    source,
    state: 'connected',
    line: recordingIsConsent
      ? `Meetings recorded in ${name} become calls.`
      : `Meetings are logged without words, because nobody said that ${name} asks everybody before it records.`,
    recordingIsConsent,
  };
}
