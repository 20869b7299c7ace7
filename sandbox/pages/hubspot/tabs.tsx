import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';

export function Tabs({ tabs }: { tabs: { id: string; title: string; panel: ReactNode }[] }) {
  const [chosen, setChosen] = useState(() => tabs.find(({ id }) => location.hash === `#${id}`)?.id ?? tabs[0]?.id);
  const bar = useRef<HTMLDivElement>(null);
  const shown = tabs.find(({ id }) => id === chosen);
  const choose = (id: string) => {
    setChosen(id);
    history.replaceState(null, '', `#${id}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    choose(next.id);
    bar.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label="Record" ref={bar} onKeyDown={onKeyDown}>
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === chosen}
            aria-controls={id === chosen ? `panel-${id}` : undefined}
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => choose(id)}
          >
            {title}
          </button>
        ))}
      </div>
      {shown && (
        <div key={shown.id} id={`panel-${shown.id}`} className="panel" role="tabpanel" aria-labelledby={`tab-${shown.id}`}>
          {shown.panel}
        </div>
      )}
    </>
  );
}
