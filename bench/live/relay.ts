import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { serve } from '../../sandbox/kit/serve.ts';
import { openScreen, type RigCall, wallMs } from './rig.ts';

/** Carries each call's frames on to one page in a browser, late by as far as that is away, and notes when each card left us. */
export async function openRelay(awayMs: (n: number) => number) {
  const page = readFileSync(join(import.meta.dirname, 'page.html'));
  const left = new Map<string, { at: number; endMs: number }>();
  const screens: WebSocket[] = [];
  const far = new Map<number, WebSocket>();
  const sockets = new WebSocketServer({ noServer: true });
  const served = await serve(() => new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } }), {
    vendor: 'relay',
    port: 0,
    upgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (stream) => {
        stream.on('error', () => stream.terminate());
        far.set(Number(new URL(request.url ?? '/', 'http://relay').searchParams.get('n')), stream);
      }),
  });
  return {
    origin: served.origin,
    left,
    async follow(call: RigCall): Promise<void> {
      const lateMs = awayMs(call.n);
      screens.push(
        await openScreen(call, (text) => {
          const at = wallMs();
          const frame = JSON.parse(text) as { type: string; card?: { id: string; why: { endMs: number } } };
          if (frame.type === 'card' && frame.card) left.set(frame.card.id, { at, endMs: frame.card.why.endMs });
          if (lateMs === 0) far.get(call.n)?.send(text);
          else setTimeout(() => far.get(call.n)?.send(text), lateMs);
        }),
      );
    },
    async close(): Promise<void> {
      for (const screen of screens) screen.terminate();
      for (const stream of far.values()) stream.terminate();
      await served.close();
    },
  };
}
