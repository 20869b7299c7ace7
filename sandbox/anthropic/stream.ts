import type { Fault } from './faults.ts';

interface Message {
  content: readonly { type: string; text?: string; signature?: string }[];
  stop_reason: string;
  usage: { input_tokens: number; output_tokens: number; cache_creation_input_tokens: number; cache_read_input_tokens: number };
}

export interface Paced {
  /** Letters a piece, and what lies between two of them. */
  pieceChars: number;
  pieceMs: number;
  fault: Fault | undefined;
  /** Told how it ended: whole, broken by us, or left by whoever listened. */
  ended(how: 'whole' | 'broken' | 'left'): void;
}

const PING_MS = 200;
/** Nobody is kept for longer, even by a vendor that is stuck. */
const STUCK_MAX_MS = 30_000;

/** The same answer as server-sent events, a piece at a time. https://platform.claude.com/docs/en/build-with-claude/streaming */
export function eventStream(message: Message, { pieceChars, pieceMs, fault, ended }: Paced): ReadableStream<Uint8Array> {
  const steps = eventsOf(message, pieceChars);
  const half = Math.ceil(steps.length / 2);
  const bytes = new TextEncoder();
  let at = 0;
  let isLeft = false;
  return new ReadableStream<Uint8Array>({
    async pull(sink) {
      if (fault === 'stuck' && at >= 3) {
        for (let waitedMs = 0; waitedMs < STUCK_MAX_MS && !isLeft; waitedMs += PING_MS) {
          sink.enqueue(bytes.encode(written({ type: 'ping' })));
          await wait(PING_MS);
        }
        if (!isLeft) sink.error(new Error('stuck'));
        return;
      }
      if (fault === 'trouble' && at === half) {
        sink.enqueue(bytes.encode(written({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })));
        ended('broken');
        sink.close();
        return;
      }
      if (fault === 'breaks' && at === half) {
        ended('broken');
        sink.error(new Error('cut'));
        return;
      }
      const event = steps[at++];
      if (!event) {
        ended('whole');
        sink.close();
        return;
      }
      if (event.type === 'content_block_delta' && pieceMs > 0) await wait(pieceMs);
      if (!isLeft) sink.enqueue(bytes.encode(written(event)));
    },
    cancel() {
      isLeft = true;
      ended('left');
    },
  });
}

type Event = { type: string } & Record<string, unknown>;

function eventsOf({ stop_reason, usage, content, ...message }: Message, pieceChars: number): Event[] {
  const blocks = content.flatMap((block, index): Event[] => {
    if (block.type === 'thinking') {
      const { signature } = block;
      return [
        { type: 'content_block_start', index, content_block: { type: 'thinking', thinking: '', signature: '' } },
        { type: 'content_block_delta', index, delta: { type: 'signature_delta', signature } },
        { type: 'content_block_stop', index },
      ];
    }
    const pieces = (block.text ?? '').match(new RegExp(`[\\s\\S]{1,${pieceChars}}`, 'g')) ?? [];
    return [
      { type: 'content_block_start', index, content_block: { type: 'text', text: '', citations: null } },
      ...pieces.map((text) => ({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } })),
      { type: 'content_block_stop', index },
    ];
  });
  return [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } } },
    ...blocks.slice(0, 1),
    { type: 'ping' },
    ...blocks.slice(1),
    // Counts are of all that was sent, not of what is new.
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null, stop_details: null, container: null }, usage },
    { type: 'message_stop' },
  ];
}

const written = (event: Event): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms).unref());
