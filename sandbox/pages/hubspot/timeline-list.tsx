import { useRef } from 'react';
import type { TimelineItem } from './timeline.ts';

const kinds: Record<TimelineItem['kind'], { word: string; mark: string }> = {
  call: { word: 'Call', mark: '☎' },
  note: { word: 'Note', mark: '✎' },
  task: { word: 'Task', mark: '✓' },
  email: { word: 'Email', mark: '✉' },
  meeting: { word: 'Meeting', mark: '◷' },
};

/** Everything on the record, newest first. What came while we looked says so. */
export function Timeline({ items, timeZone }: { items: TimelineItem[] | undefined; timeZone: string }) {
  const known = useRef<Set<string>>(undefined);
  if (!items) return <p className="quiet">Reading the timeline</p>;
  known.current ??= new Set(items.map(({ id }) => id));
  if (items.length === 0) return <p className="quiet">No activity yet. Play the sample call and see what the CRM gets.</p>;
  const when = (iso: string) =>
    new Date(iso).toLocaleString('en-US', { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone });
  const newestFirst = [...items].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <ul className="timeline">
      {newestFirst.map(({ id, kind, title, body, at, due, owner }) => (
        <li key={id} className={`card activity is-${kind}`} data-kind={kind}>
          <span className="mark" aria-hidden="true">
            {kinds[kind].mark}
          </span>
          <div className="activity-text">
            <p className="activity-head">
              <span>
                <strong>{kinds[kind].word}</strong>
                {owner && ` by ${owner}`}
                {known.current?.has(id) === false && <span className="new">New</span>}
              </span>
              <time dateTime={at}>{when(at)}</time>
            </p>
            {title && <h3>{title}</h3>}
            {due && <p className="due">{`Due ${when(due)}`}</p>}
            {body && <p className="activity-body">{plain(body)}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Markup as text: nothing the CRM stores may run or reach out here. */
function plain(markup: string): string {
  if (!/[<&]/.test(markup)) return markup;
  const broken = markup.replace(/<br\s*\/?>|<\/(p|div|li|h\d)>/gi, '\n').replace(/<li[^>]*>/gi, '• ');
  return (new DOMParser().parseFromString(broken, 'text/html').body.textContent ?? '').replace(/\n{3,}/g, '\n\n').trim();
}
