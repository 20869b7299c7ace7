import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeetingRef, Meetings } from './meetings.ts';

/** What an adapter brings along to be tried: itself, and a vendor (or its twin) with one meeting that is over. */
export interface MeetingsUnderTest {
  meetings: Meetings;
  /** The same with a secret the vendor does not know. */
  stranger: Meetings;
  ref: MeetingRef;
  facts: {
    title: string;
    startedAt: string;
    durationMs: number;
    host: { email: string; name: string };
    people: readonly { name: string; email: string | null }[];
    /** A line of the transcript. */
    line: string;
  };
  /** No such meeting. */
  unknown: MeetingRef;
  /** The vendor answers the next request with 429, and this many seconds. */
  busyNext(retryAfterS: number): void;
  /** Every token the vendor gave so far is over. */
  expireTokens(): void;
  close(): Promise<void>;
}

/** Every meeting platform keeps these promises. */
export function meetingsContract(name: string, make: () => Promise<MeetingsUnderTest>): void {
  describe(`${name} keeps the meetings contract`, () => {
    let it: MeetingsUnderTest;
    beforeAll(async () => {
      it = await make();
    });
    afterAll(() => it?.close());

    test('opens with its own credentials, and says so when they are not', async () => {
      expect(await it.meetings.owns()).toEqual({ ok: true, value: true });
      expect(await it.stranger.owns()).toMatchObject({ ok: false, fault: { kind: 'expired' } });
    });

    test('tells when a meeting was, who held it, and who was there', async () => {
      const found = await it.meetings.meeting(it.ref);
      const { title, startedAt, durationMs, host, people } = it.facts;
      expect(found).toMatchObject({ ok: true, value: { title, startedAt, durationMs, host } });
      expect(found.ok && [...found.value.people].sort(byName)).toEqual([...people].sort(byName));
    });

    test('hands over the transcript with its names', async () => {
      const found = await it.meetings.meeting(it.ref);
      const opened = found.ok && found.value.transcript ? await it.meetings.open(found.value.transcript) : null;
      const text = opened?.ok ? await new Response(opened.value.body).text() : '';
      expect(text.startsWith('WEBVTT')).toBe(true);
      expect(text).toContain(it.facts.line);
      expect(text).toContain(it.facts.host.name);
    });

    test('a meeting that is not there is gone', async () => {
      expect(await it.meetings.meeting(it.unknown)).toMatchObject({ ok: false, fault: { kind: 'gone' } });
    });

    test('waits as long as it is told', async () => {
      it.busyNext(7);
      expect(await it.meetings.meeting(it.ref)).toMatchObject({ ok: false, fault: { kind: 'busy', retryAfterMs: 7_000 } });
      expect(await it.meetings.meeting(it.ref)).toMatchObject({ ok: true });
    });

    test('takes a new token when the old one is over', async () => {
      await it.meetings.meeting(it.ref);
      it.expireTokens();
      expect(await it.meetings.meeting(it.ref)).toMatchObject({ ok: true });
    });

    test('asks nothing at an address that is not the vendor’s', async () => {
      for (const url of [
        'https://evil.example/rec/download/x',
        'http://127.0.0.1:1/x',
        'https://zoom.us.evil.example/rec/download/x',
        'file:///etc/passwd',
        '',
      ])
        expect(await it.meetings.open({ url, contentType: 'text/vtt' })).toMatchObject({ ok: false, fault: { kind: 'refused' } });
    });
  });
}

const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name);
