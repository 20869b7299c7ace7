import { type Job, job } from '../shared/contracts/job.ts';
import { never } from '../shared/kit/must.ts';
import { log, span } from './http/log.ts';

type Take = (ids: { tenantId: string; callId: string }) => Promise<'done' | 'again'>;

/** Who takes which message. Each re-reads the truth; a repeated message changes nothing. */
export interface JobDeps {
  transcribe: Take;
  extract: Take;
  /** Everything that follows an understood call, in this order: CRM, memory, relations. */
  follow: Take;
  /** An outage lasts: the sweep comes back to this call later, less and less often, and gives up in the end. */
  postpone(ids: { tenantId: string; callId: string }): Promise<void>;
}

const DELAY_MAX_S = 600;
/** Below the queue's own limit, so that a vendor's outage never ends in a dead letter. */
const AGAIN_MAX = 4;

/** Takes a batch: ack what is done, try again what may pass, and leave what does not pass soon, or came from a dead letter queue, to the sweep. */
export async function takeBatch(deps: JobDeps, batch: MessageBatch): Promise<void> {
  // A batch is small, and one long call holds up none of the others.
  await Promise.all(batch.messages.map((message) => takeMessage(deps, message, batch.queue)));
}

async function takeMessage(deps: JobDeps, message: Message, queue: string): Promise<void> {
  const read = job.safeParse(message.body);
  if (!read.success) {
    log({ at: 'queue', what: 'not-a-job', level: 'error', kind: queue });
    message.ack();
    return;
  }
  try {
    const { kind, tenantId, callId } = read.data;
    if (queue.includes('-dead')) {
      await deps.postpone(read.data);
      message.ack();
      return;
    }
    const outcome = await span({ at: 'queue', what: kind, trace: callId, tenant: tenantId }, () => takerOf(deps, read.data)(read.data));
    if (outcome === 'done') message.ack();
    else if (message.attempts < AGAIN_MAX) message.retry({ delaySeconds: 2 ** message.attempts });
    else {
      await deps.postpone(read.data);
      message.ack();
    }
  } catch {
    message.retry({ delaySeconds: Math.min(DELAY_MAX_S, 2 ** message.attempts) });
  }
}

function takerOf(deps: JobDeps, it: Job): Take {
  switch (it.kind) {
    case 'call-ended':
      return deps.transcribe;
    case 'call-transcribed':
      return deps.extract;
    case 'call-understood':
      return deps.follow;
    default:
      return never(it);
  }
}
