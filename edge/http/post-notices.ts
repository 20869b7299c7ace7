import type { Notice } from '../../shared/act/notices.ts';

const TIMEOUT_MS = 5_000;

/**
 * Tells people by one POST to `url` (https, a chat's or a pager's incoming webhook). False when it was not taken. Names, counts and ages
 * only: `text` for people, the rest for programs.
 */
export async function postNotices(url: string, from: string, notices: readonly Notice[]): Promise<boolean> {
  const body = JSON.stringify({
    text: notices.map(sayNotice).join('\n'),
    from,
    alerts: notices.map(({ sinceMs, ...it }) => ({ ...it, since: new Date(sinceMs).toISOString(), runbook: runbookOf(it.name) })),
  });
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

const words: Record<Notice['is'], string> = { raised: 'is wrong', still: 'is still wrong', over: 'is over' };
const runbookOf = (name: string) => `docs/runbook.md#${name}`;

function sayNotice({ name, level, is, count, ms }: Notice): string {
  const figures = [count === undefined ? '' : `${count}`, ms === undefined ? '' : `${Math.round(ms / 100) / 10} s`]
    .filter(Boolean)
    .join(', ');
  return `${is === 'over' ? 'ok' : level}: ${name} ${words[is]}${figures ? ` (${figures})` : ''}. What to do: ${runbookOf(name)}`;
}
