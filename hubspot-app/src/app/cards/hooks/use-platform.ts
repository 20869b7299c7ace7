import { type ConnectView, connectView, disconnectView } from '@ros/contracts';
import { useState } from 'react';
import type { Api, Asked, NotHere } from './api.ts';
import { newRequestId } from './request-id.ts';

interface PlatformPress {
  busy: boolean;
  trouble: NotHere | null;
  /** The page of ours that leads to the platform; it opens once. */
  page: ConnectView | null;
  connect(recordingIsConsent: boolean): Promise<void>;
  opened(): void;
  disconnect(): Promise<boolean>;
}

/** Connecting a meeting platform, and ending it. */
export function usePlatform(api: Api, platform: 'zoom' | 'graph'): PlatformPress {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<NotHere | null>(null);
  const [page, setPage] = useState<ConnectView | null>(null);
  const path = `/v1/connection/${platform}`;

  const press = async <T>(asking: Promise<Asked<T>>): Promise<T | null> => {
    setBusy(true);
    setTrouble(null);
    const asked = await asking;
    setBusy(false);
    if (asked.is === 'here') return asked.value;
    setTrouble(asked);
    return null;
  };
  return {
    busy,
    trouble,
    page,
    connect: async (recordingIsConsent) =>
      setPage(await press(api.post(path, connectView, { requestId: newRequestId(), recordingIsConsent }))),
    opened: () => setPage(null),
    disconnect: async () => (await press(api.remove(path, disconnectView))) !== null,
  };
}
