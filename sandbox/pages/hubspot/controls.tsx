import { type DragEvent, useState } from 'react';
import type { Notice } from './card-frame.tsx';
import type { Settings } from './settings.ts';

type Say = (notice: Notice) => void;

/** Another user looks at the same record: the proxy signs for them from then on. */
export function UserSwitch({ settings: { user, users } }: { settings: Settings }) {
  const change = (key: string) => {
    const next = new URL(location.href);
    next.searchParams.set('user', key);
    location.href = next.href;
  };
  return (
    <label className="switch">
      Viewing as{' '}
      <select value={user.key} onChange={(event) => change(event.target.value)}>
        {users.map(({ key, firstName, lastName, note }) => (
          <option key={key} value={key}>
            {`${firstName} ${lastName}, ${note}`}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Play({ onNotice }: { onNotice: Say }) {
  const [isBusy, setBusy] = useState(false);
  const play = async () => {
    setBusy(true);
    const answer = await post('play');
    setBusy(false);
    onNotice(answer);
  };
  return (
    <button type="button" className="hs-button is-primary is-sm play" disabled={isBusy} onClick={() => void play()}>
      {isBusy ? 'Calling…' : 'Play the sample call'}
    </button>
  );
}

/** A transcript or a recording from before, for this deal. */
export function Drop({ user, onNotice }: { user: string; onNotice: Say }) {
  const [isOver, setOver] = useState(false);
  const send = async (file: File | undefined) => {
    setOver(false);
    if (!file) return;
    onNotice(await post(`drop?user=${user}&name=${encodeURIComponent(file.name)}`, file));
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void send(event.dataTransfer.files[0]);
  };
  return (
    <section
      className={`card drop${isOver ? ' is-over' : ''}`}
      aria-label="Add a transcript"
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>Drop a transcript here</p>
      <label className="hs-button is-secondary is-xs">
        Choose a file
        <input
          type="file"
          accept=".txt,.vtt,.srt,.json,text/*,audio/*"
          onChange={(event) => {
            void send(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </label>
    </section>
  );
}

async function post(path: string, body?: File): Promise<Notice> {
  try {
    const answer = await fetch(path, { method: 'POST', ...(body ? { body } : {}) });
    return (await answer.json()) as Notice;
  } catch {
    return { type: 'danger', message: 'The sandbox does not answer. Is `npm run dev` still running?' };
  }
}
