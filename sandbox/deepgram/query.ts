/** What the vendor takes in the address, and what it refuses (specs/deepgram: asyncapi.yml, openapi.yml). */
import type { FluxSettings } from './flux.ts';
import type { NovaSettings } from './nova.ts';

export type Checked<T> = { ok: true; value: T } | { ok: false; why: string };

const bool = (value: string) => value === 'true' || value === 'false';
const any = () => true;
const oneOf =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value);
const between = (low: number, high: number, whole: boolean) => (value: string) =>
  value !== '' && Number(value) >= low && Number(value) <= high && (!whole || Number.isInteger(Number(value)));
/** Flux takes plain terms only: no lists in one value, no weights. */
const term = (value: string) => value !== '' && !/[,;\n]|:[\d.]+$/.test(value);

type Rules = Record<string, (value: string) => boolean>;

const FLUX: Rules = {
  model: oneOf('flux-general-en', 'flux-general-multi'),
  encoding: oneOf('linear16', 'linear32', 'mulaw', 'alaw', 'opus', 'ogg-opus'),
  sample_rate: between(8_000, 48_000, true),
  eager_eot_threshold: between(0.3, 0.9, false),
  eot_threshold: between(0.5, 1, false),
  eot_timeout_ms: between(500, 60_000, true),
  keyterm: term,
  language_hint: (value) => /^[a-z]{2}$/.test(value),
  profanity_filter: bool,
  numerals: bool,
  redact: oneOf('numbers', 'aggressive_numbers'),
  mip_opt_out: bool,
  tag: any,
};

const MODELS = [
  ...['nova-3', 'nova-3-general', 'nova-3-medical', 'nova-2', 'nova-2-general', 'nova-2-meeting', 'nova-2-finance', 'nova-2-phonecall'],
  ...['nova-2-conversationalai', 'nova-2-voicemail', 'nova-2-video', 'nova-2-medical', 'nova-2-drivethru', 'nova-2-automotive'],
  ...['nova', 'nova-general', 'nova-phonecall', 'nova-medical', 'enhanced', 'enhanced-general', 'enhanced-meeting', 'enhanced-phonecall'],
  ...['enhanced-finance', 'base', 'meeting', 'phonecall', 'finance', 'conversationalai', 'voicemail', 'video'],
];
const ENCODINGS = ['linear16', 'linear32', 'flac', 'alaw', 'mulaw', 'amr-nb', 'amr-wb', 'opus', 'ogg-opus', 'speex', 'g729'];

const SHARED: Rules = {
  callback: any,
  callback_method: oneOf('POST', 'GET', 'PUT', 'DELETE'),
  detect_entities: bool,
  diarize: bool,
  dictation: bool,
  encoding: oneOf(...ENCODINGS),
  extra: any,
  keyterm: (value) => value !== '',
  keywords: any,
  language: (value) => /^([a-z]{2,3}(-[A-Za-z0-9]{2,8})?|multi)$/.test(value),
  mip_opt_out: bool,
  model: oneOf(...MODELS),
  multichannel: bool,
  numerals: bool,
  profanity_filter: bool,
  punctuate: bool,
  redact: oneOf('true', 'false', 'pci', 'numbers', 'aggressive_numbers', 'ssn'),
  replace: any,
  search: any,
  smart_format: bool,
  tag: any,
  version: any,
};

const LIVE: Rules = {
  ...SHARED,
  channels: between(1, 20, true),
  diarize_model: oneOf('latest', 'v1'),
  endpointing: (value) => value === 'false' || between(0, 60_000, true)(value),
  interim_results: bool,
  sample_rate: between(8_000, 48_000, true),
  utterance_end_ms: between(1_000, 60_000, true),
  vad_events: bool,
};

const FILE: Rules = {
  ...SHARED,
  callback_method: oneOf('POST', 'PUT'),
  diarize_model: oneOf('latest', 'v1', 'v2'),
  detect_language: any,
  filler_words: bool,
  measurements: bool,
  paragraphs: bool,
  sentiment: bool,
  summarize: oneOf('v2', 'true', 'false'),
  topics: bool,
  custom_topic: any,
  custom_topic_mode: oneOf('extended', 'strict'),
  intents: bool,
  custom_intent: any,
  custom_intent_mode: oneOf('extended', 'strict'),
  // Raw audio names its own shape; containers need neither.
  sample_rate: between(8_000, 48_000, true),
  channels: between(1, 20, true),
  utterances: bool,
  utt_split: between(0, 60, false),
};

const REPEATABLE = new Set([
  'keyterm',
  'language_hint',
  'tag',
  'keywords',
  'redact',
  'replace',
  'search',
  'extra',
  'custom_topic',
  'custom_intent',
  'detect_language',
]);

export interface RawAudio {
  encoding?: string | undefined;
  sampleRate?: number | undefined;
}

export function checkFlux(query: URLSearchParams): Checked<FluxSettings & RawAudio> {
  const wrong = breach(query, FLUX) ?? rawBreach(query);
  if (wrong) return { ok: false, why: wrong };
  const isMultilingual = query.get('model') === 'flux-general-multi';
  const eotThreshold = Number(query.get('eot_threshold') ?? 0.7);
  const eagerEotThreshold = numberOf(query, 'eager_eot_threshold');
  if (query.has('language_hint') && !isMultilingual) return { ok: false, why: 'language_hint needs flux-general-multi' };
  if (eagerEotThreshold !== undefined && eagerEotThreshold > eotThreshold) {
    return { ok: false, why: 'eager_eot_threshold is above eot_threshold' };
  }
  return {
    ok: true,
    value: {
      ...raw(query),
      eotThreshold,
      eagerEotThreshold,
      eotTimeoutMs: Number(query.get('eot_timeout_ms') ?? 5_000),
      keyterms: query.getAll('keyterm'),
      languageHints: query.getAll('language_hint'),
      isMultilingual,
    },
  };
}

export function checkNova(query: URLSearchParams): Checked<NovaSettings & RawAudio> {
  const wrong = breach(query, LIVE) ?? rawBreach(query);
  if (wrong) return { ok: false, why: wrong };
  const interim = query.get('interim_results') === 'true';
  const channels = Number(query.get('channels') ?? 1);
  if (query.has('utterance_end_ms') && !interim) return { ok: false, why: 'utterance_end_ms needs interim_results' };
  const endpointing = query.get('endpointing') ?? '10';
  return {
    ok: true,
    value: {
      ...raw(query),
      channels: query.get('multichannel') === 'true' ? channels : 1,
      interim,
      endpointingMs: endpointing === 'false' ? undefined : Number(endpointing),
      utteranceEndMs: numberOf(query, 'utterance_end_ms'),
      vadEvents: query.get('vad_events') === 'true',
      isPunctuated: query.get('punctuate') === 'true' || query.get('smart_format') === 'true',
      diarize: query.get('diarize') === 'true' || query.has('diarize_model'),
    },
  };
}

export interface FileSettings extends RawAudio {
  channels: number;
  multichannel: boolean;
  diarize: boolean;
  utterances: boolean;
  uttSplitMs: number;
  isPunctuated: boolean;
  tags: string[];
}

export function checkFile(query: URLSearchParams): Checked<FileSettings> {
  const wrong = breach(query, FILE);
  if (wrong) return { ok: false, why: wrong };
  return {
    ok: true,
    value: {
      ...raw(query),
      channels: Number(query.get('channels') ?? 1),
      multichannel: query.get('multichannel') === 'true',
      diarize: query.get('diarize') === 'true' || query.has('diarize_model'),
      utterances: query.get('utterances') === 'true',
      uttSplitMs: Number(query.get('utt_split') ?? 0.8) * 1_000,
      isPunctuated: query.get('punctuate') === 'true' || query.get('smart_format') === 'true',
      tags: query.getAll('tag'),
    },
  };
}

/** The first thing wrong, in a sentence, or nothing. The name is told, never the value. */
function breach(query: URLSearchParams, rules: Rules): string | undefined {
  // The vendor falls back to an old model here; nobody wants that by accident, so the twin asks.
  if (!query.has('model')) return 'model is missing';
  for (const name of new Set(query.keys())) {
    const rule = rules[name];
    if (!rule) return `unknown parameter ${name}`;
    if (query.getAll(name).length > 1 && !REPEATABLE.has(name)) return `${name} is given twice`;
    if (!query.getAll(name).every(rule)) return name === 'model' ? 'no such model/language/tier combination' : `${name} is not valid`;
  }
  return undefined;
}

function rawBreach(query: URLSearchParams): string | undefined {
  const encoding = query.get('encoding');
  const rate = query.get('sample_rate');
  if (encoding && encoding !== 'ogg-opus' && !rate) return 'raw audio needs sample_rate';
  if (rate && !encoding) return 'sample_rate needs encoding';
  if ((encoding === 'mulaw' || encoding === 'alaw') && rate !== '8000' && rate !== '16000') return 'mulaw and alaw are 8000 or 16000';
  return undefined;
}

const raw = (query: URLSearchParams): RawAudio => ({
  encoding: query.get('encoding') ?? undefined,
  sampleRate: numberOf(query, 'sample_rate'),
});

const numberOf = (query: URLSearchParams, name: string): number | undefined => (query.has(name) ? Number(query.get(name)) : undefined);
