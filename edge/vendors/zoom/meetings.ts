import type * as z from 'zod/mini';
import { failed, ok, type Result } from '../../../shared/kit/result.ts';
import type { Meetings } from '../../ports/meetings.ts';
import { type ZoomAccess, type ZoomClient, zoomClient } from './client.ts';
import { meetingOf, type Participant, participants, recordings } from './map.ts';
import { type FileGuard, openFile } from './open-file.ts';

const PAGE = 300;
const PAGES_MAX = 10;

/** Cloud recordings of one Zoom account. The id of a meeting is its uuid. */
export function zoomMeetings(access: ZoomAccess, guard: FileGuard): Meetings {
  const client = zoomClient(access);
  return {
    async owns() {
      const token = await client.token();
      return token.ok ? ok(true) : token;
    },
    async meeting({ id, hostEmail = '' }) {
      const said = await client.get(`/v2/meetings/${idInPath(id)}/recordings`, recordings);
      if (!said.ok) return said;
      const was = await everybody(client, id);
      if (!was.ok) return was;
      const meeting = meetingOf(said.value, was.value, hostEmail);
      return meeting ? ok(meeting) : failed({ kind: 'broken', said: 'Zoom does not say when this meeting was.' });
    },
    open: ({ url }) => openFile(client, guard, url),
  };
}

async function everybody(client: ZoomClient, id: string): Promise<Result<Participant[]>> {
  const was: Participant[] = [];
  let token = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const next = token === '' ? '' : `&next_page_token=${encodeURIComponent(token)}`;
    const path = `/v2/past_meetings/${idInPath(id)}/participants?page_size=${PAGE}${next}`;
    const said: Result<z.infer<typeof participants>> = await client.get(path, participants);
    if (!said.ok) return said;
    was.push(...said.value.participants);
    token = said.value.next_page_token ?? '';
    if (token === '') break;
  }
  return ok(was);
}

/** A uuid that begins with a slash or holds two of them in a row has to be encoded twice. */
const idInPath = (id: string): string => {
  const once = encodeURIComponent(id);
  return id.startsWith('/') || id.includes('//') ? encodeURIComponent(once) : once;
};
