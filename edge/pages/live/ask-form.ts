import type { CallAnswer } from '../../../shared/contracts/ask-call.ts';
import { box, make, part } from './parts.ts';
import { clock } from './words.ts';

const WAIT_MS = 12_000;

/** A question to the call, and the last answer with its sources. Who asks again has no use for the answer before. */
export function askForm(ask: (requestId: string, question: string) => void) {
  let open = '';
  const show = (...inside: HTMLElement[]) => part('answer').replaceChildren(...inside);

  part('ask').addEventListener('submit', (event) => {
    event.preventDefault();
    const question = box('question').value.trim();
    if (question === '') return;
    const id = crypto.randomUUID();
    open = id;
    show(make('p', 'quiet-words', 'Looking…'));
    ask(id, question);
    setTimeout(() => {
      if (open === id) show(make('p', '', 'No answer came. Ask again.'));
    }, WAIT_MS);
  });

  return {
    answered(requestId: string, { answer, sources }: CallAnswer): void {
      if (requestId !== open) return;
      open = '';
      const said = sources.map(({ atMs, speaker, quote }) => make('p', 'quiet-words', `${clock(atMs)} ${speaker}: “${quote}”`));
      show(make('p', '', answer), ...said);
    },
  };
}
