import { useRef, useState } from 'react';
import type { Api, NotHere, Schema } from './api.ts';
import { newRequestId } from './request-id.ts';

interface Save<Saying> {
  busy: boolean;
  trouble: NotHere | null;
  /** What was said last stands in the service. */
  isSaved: boolean;
  save(said: Saying): Promise<boolean>;
  /** Something is being changed: what was saved is not what stands on the screen any more. */
  touch(): void;
}

/** A setting that is said whole, as it is shown or as `Saying`. A press whose answer was lost is repeated under its own id. */
export function useSave<T extends object, Saying extends object = T>(api: Api, path: string, schema: Schema<T>): Save<Saying> {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const [isSaved, setSaved] = useState(false);
  const open = useRef<string | null>(null);

  const save = async (said: Saying) => {
    open.current ??= newRequestId();
    setBusy(true);
    setTrouble(null);
    const asked = await api.put(path, schema, { requestId: open.current, ...said });
    setBusy(false);
    if (asked.is !== 'offline') open.current = null;
    setSaved(asked.is === 'here');
    if (asked.is !== 'here') setTrouble(asked);
    return asked.is === 'here';
  };
  return { busy, trouble, isSaved, save, touch: () => setSaved(false) };
}
