import * as z from 'zod/mini';
import { failed, ok } from '../../../shared/kit/result.ts';
import { type Signs, signsOfVector } from '../../../shared/remember/search/signs.ts';
import type { Meaning } from '../../ports/meaning.ts';

/** What Cloudflare binds as `AI`. */
interface Ai {
  run(model: string, input: Record<string, unknown>): Promise<unknown>;
}

/** Many languages in one room, so a German question finds an English answer. */
const MODEL = '@cf/baai/bge-m3';
const TEXTS_MAX = 50;
const CHARS_MAX = 2_000;
const TIMEOUT_MS = 10_000;

const answerShape = z.object({ data: z.array(z.array(z.number())) });

/** BGE-M3 on Workers AI. All texts together have ten seconds. */
export function bgeMeaning(ai: Ai): Meaning {
  return {
    maker: 'bge-m3',
    strangers: 0.66,
    async signsOf(texts) {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => late.reject(new Error('late')), TIMEOUT_MS);
      const signs: Signs[] = [];
      try {
        for (let from = 0; from < texts.length; from += TEXTS_MAX) {
          const text = texts.slice(from, from + TEXTS_MAX).map((one) => one.slice(0, CHARS_MAX));
          const read = answerShape.safeParse(await Promise.race([ai.run(MODEL, { text }), late.promise]));
          if (!read.success || read.data.data.length !== text.length)
            return failed({ kind: 'broken', said: 'The embedding model answered in a shape we do not know.' });
          signs.push(...read.data.data.map(signsOfVector));
        }
        return ok(signs);
      } catch {
        return failed({ kind: 'busy', said: 'The embedding model did not answer.' });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
