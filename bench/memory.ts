import { parseArgs } from 'node:util';
import { openDb } from '../edge/db/client.ts';
import { measure } from './memory/measure.ts';
import { startMemoryRig } from './memory/rig.ts';

/**
 * `npm run bench:memory -- --utterances 100000 --calls 1000000 --touchpoints 2000 --asks 200`: search over what was said, the list of calls, and
 * the memory of one customer, each as its route answers it without the way to the CRM. In a PostgreSQL of its own, reached over HTTP as in
 * production. One line of JSON last.
 */
const { values } = parseArgs({
  options: {
    utterances: { type: 'string', default: '100000' },
    calls: { type: 'string', default: '1000000' },
    touchpoints: { type: 'string', default: '2000' },
    asks: { type: 'string', default: '200' },
  },
});
const sizes = { utterances: Number(values.utterances), calls: Number(values.calls), touchpoints: Number(values.touchpoints) };
if (Object.values(sizes).some((size) => !(size >= 0)) || !(Number(values.asks) >= 1)) {
  process.stderr.write('Each takes a number: --utterances --calls --touchpoints --asks.\n');
  process.exit(2);
}
const say = (line: string) => process.stderr.write(`${line}\n`);

const rig = await startMemoryRig(sizes, say);
try {
  const figures = await measure(openDb(rig.url), rig, Number(values.asks), say);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await rig.close();
}
