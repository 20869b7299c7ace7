import '@lwc/synthetic-shadow';
import { drawTimeline } from './draw.ts';
import { mount } from './mount.ts';

// The frame of a record page: what Salesforce itself would do round our components.
const byId = (id: string) => document.getElementById(id);

mount();
void refresh();
document.addEventListener('record-changed', () => void refresh());
document.addEventListener('lightning__showtoast', (event) => toast(String((event as CustomEvent<{ title?: unknown }>).detail.title ?? '')));

async function refresh(): Promise<void> {
  try {
    const response = await fetch('/lightning/timeline.json', { signal: AbortSignal.timeout(10_000) });
    if (response.ok) drawTimeline(await response.json());
  } catch {
    // The next look, a moment later, says it again.
  }
}
setInterval(() => void refresh(), 4000);

byId('user')?.addEventListener('change', (event) => {
  if (!(event.target instanceof HTMLSelectElement)) return;
  const next = new URL(location.href);
  next.searchParams.set('user', event.target.value);
  location.href = next.href;
});

byId('play')?.addEventListener('click', async (event) => {
  const button = event.currentTarget;
  if (!(button instanceof HTMLButtonElement)) return;
  button.disabled = true;
  const response = await fetch('/lightning/play', { method: 'POST' }).catch(() => null);
  toast(response?.ok ? 'The sample call is ringing.' : 'The sample call could not start.');
  button.disabled = false;
});

for (const tab of document.querySelectorAll<HTMLElement>('[role=tab]')) {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')];
    const other = tabs[(tabs.indexOf(tab) + (event.key === 'ArrowRight' ? 1 : -1) + tabs.length) % tabs.length];
    if (!other) return;
    choose(other);
    other.focus();
  });
}

function choose(chosen: HTMLElement): void {
  for (const tab of document.querySelectorAll<HTMLElement>('[role=tab]')) {
    tab.setAttribute('aria-selected', String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    byId(tab.getAttribute('aria-controls') ?? '')?.toggleAttribute('hidden', tab !== chosen);
  }
}

document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  void hand(event.dataTransfer?.files[0]);
});
byId('file')?.addEventListener('change', (event) => {
  if (event.target instanceof HTMLInputElement) void hand(event.target.files?.[0]);
});

async function hand(file: File | undefined): Promise<void> {
  if (!file) return;
  toast(`Handing over ${file.name} …`);
  try {
    const response = await fetch(`/lightning/drop?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file });
    toast(String(((await response.json()) as { line?: unknown }).line ?? ''));
  } catch {
    toast('The file could not be handed over. Try again.');
  }
}

function toast(text: string): void {
  const place = byId('toast');
  if (!place) return;
  place.textContent = text;
  setTimeout(() => {
    if (place.textContent === text) place.textContent = '';
  }, 6000);
}
