/** What HubSpot is told by a calling window, in order, with the names of its SDK (0.9.7). */
export interface WindowTold {
  type: string;
  data: Record<string, unknown>;
}

/** What HubSpot does for a calling window; the page calls these through the browser. */
interface CallingHostWork {
  /** `createEngagement`: HubSpot writes the call down itself. */
  engage(call: Record<string, unknown>): Promise<number>;
  complete(call: Record<string, unknown>): Promise<void>;
  told(message: WindowTold): Promise<void>;
}

/**
 * HubSpot's side of a calling window, as its SDK's own host half speaks it: SYNC every 100 ms until the frame answers SYNC_ACK, nothing
 * from other origins, an answer to whoever asks for an engagement. Runs in the page, so it stands alone.
 */
export function callingHost({ src, location }: { src: string; location: 'window' | 'remote' }): void {
  const work = window as unknown as CallingHostWork & { send(type: string, data?: object): void };
  const frame = document.createElement('iframe');
  const origin = new URL(src).origin;
  const instance = Date.now();
  let isReady = false;
  const post = (message: object) => frame.contentWindow?.postMessage(message, origin);
  const sync = () => {
    if (isReady) return;
    post({
      type: 'SYNC',
      messageId: `${instance}_${Date.now()}`,
      hostUrl: window.location.origin,
      portalId: 4242,
      userId: 71,
      iframeLocation: location,
      usesCallingWindow: true,
    });
    setTimeout(sync, 100);
  };
  work.send = (type, data = {}) => post({ type, data, messageId: `host_${Date.now()}` });
  window.addEventListener('message', async ({ data, origin: from, source }) => {
    if (from !== origin || source !== frame.contentWindow || typeof data?.messageId !== 'string') return;
    if (data.type === 'SYNC_ACK') {
      isReady = true;
      document.body.dataset['ready'] = data.version;
      return;
    }
    const said = { type: String(data.type), data: data.data ?? {} };
    await work.told(said);
    if ((said.type === 'OUTGOING_CALL_STARTED' || said.type === 'INCOMING_CALL') && said.data.createEngagement === true) {
      const engagementId = await work.engage(said.data);
      work.send('CREATE_ENGAGEMENT_SUCCEEDED', { engagementId, externalCallId: said.data.externalCallId });
    }
    if (said.type === 'CALL_COMPLETED') await work.complete(said.data);
  });
  frame.allow = 'microphone; autoplay';
  frame.width = '400';
  frame.height = '600';
  frame.src = src;
  frame.onload = sync;
  document.body.append(frame);
}
