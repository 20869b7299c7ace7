import * as z from 'zod/mini';
import type { Result } from '../../shared/kit/result.ts';
import { no, yes } from '../http/answer.ts';
import type { RosApp } from '../http/app.ts';
import { parseJson } from '../http/read-body.ts';
import type { Who } from '../http/who.ts';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));
const guid = z.string().check(z.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));

/** Who holds meetings, as the CRM knows them. */
const host = z.object({ email: text(320), userId: text(40), ownerId: text(40), name: text(200) });
const both = {
  requestId: z.uuid(),
  /** The admin says that the platform's own announcement asks everybody for their consent; otherwise words are not fetched. */
  recordingIsConsent: z.boolean(),
  hosts: z.array(host).check(z.maxLength(500)),
};
const meetingsBody = z.discriminatedUnion('provider', [
  z.object({ provider: z.literal('zoom'), accountId: id, clientId: text(200), clientSecret: text(400), secretToken: text(200), ...both }),
  z.object({ provider: z.literal('graph'), directoryId: guid, clientId: guid, clientSecret: text(400), ...both }),
]);
export type MeetingsBody = z.infer<typeof meetingsBody>;

export interface MeetingSettingDeps {
  isAdmin(who: Who): Promise<boolean>;
  /** Where the platform has to send its news, once the account opens; `null` when another tenant holds it. */
  save(who: Who, body: MeetingsBody): Promise<Result<{ url: string } | null>>;
}

/** `POST /v1/settings/meetings`: the account whose meetings become calls. Said again, it is brought up to date. */
export const meetingRoutes = (deps: MeetingSettingDeps) => (app: RosApp) => {
  app.post('/v1/settings/meetings', async (c) => {
    const body = parseJson(c.get('raw'), meetingsBody);
    if (!(await deps.isAdmin(c.get('who')))) return no(c, 'no-permission', 'Only who connected Relationship OS can change this.');
    const saved = await deps.save(c.get('who'), body);
    if (!saved.ok) return no(c, saved.fault.kind === 'busy' || saved.fault.kind === 'broken' ? 'trouble' : 'bad-request', saved.fault.said);
    if (!saved.value) return no(c, 'bad-request', 'This account is connected elsewhere.');
    return yes(c, saved.value);
  });
};
