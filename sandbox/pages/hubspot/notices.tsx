import { useCallback, useEffect, useState } from 'react';
import type { Notice } from './card-frame.tsx';

const SHOWN_MS = 6_000;

/** What a card or the page has to tell: one at a time, the newest, so that nothing piles up over what somebody reads. */
export function useNotices() {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setNotice(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return { notice, onNotice: useCallback((next: Notice) => setNotice({ ...next }), []) };
}

export const Notices = ({ notice }: { notice: Notice | null }) => (
  <div className="notices" role="status">
    {notice && (
      <div className={`notice is-${notice.type ?? 'info'}`}>
        {notice.title && <strong>{notice.title}</strong>}
        {notice.message}
      </div>
    )}
  </div>
);
