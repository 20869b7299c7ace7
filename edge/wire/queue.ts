import type { Job } from '../../shared/contracts/job.ts';
import type { Bindings } from '../env.ts';

/** Puts a job where it is taken: audio work apart from everything else, so a long recording holds nobody up. */
export async function enqueue(bindings: Bindings, job: Job): Promise<void> {
  await (job.kind === 'call-ended' ? bindings.TRANSCRIPTION : bindings.EXTRACTION).send(job);
}
