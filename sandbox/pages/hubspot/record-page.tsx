import { CardFrame } from './card-frame.tsx';
import { Drop, Play, UserSwitch } from './controls.tsx';
import { Facts, StagePath } from './facts.tsx';
import { Notices, useNotices } from './notices.tsx';
import type { Settings } from './settings.ts';
import { Tabs } from './tabs.tsx';
import { Timeline } from './timeline-list.tsx';
import { useTimeline } from './use-timeline.ts';

/** A deal as HubSpot lays it out: facts, timeline, and our cards where HubSpot puts them. */
export function RecordPage({ settings }: { settings: Settings }) {
  const { timeline, refresh } = useTimeline();
  const { notice, onNotice } = useNotices();
  const frame = { settings, onNotice, onRefresh: refresh };

  return (
    <>
      <header className="top">
        <strong className="brand">CRM sandbox</strong>
        <nav aria-label="CRM">
          <span aria-current="page">Deals</span> <a href={`?page=settings&user=${settings.user.key}`}>App settings</a>
        </nav>
        <Play onNotice={onNotice} />
        <UserSwitch settings={settings} />
      </header>
      <main>
        <div className="head">
          <div>
            <h1>{timeline?.deal.name ?? 'Loading the deal'}</h1>
            {timeline && (
              <p>{`${timeline.deal.amount.toLocaleString('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })} · Owner ${timeline.deal.owner}`}</p>
            )}
          </div>
          {timeline && <StagePath deal={timeline.deal} />}
        </div>
        <div className="record">
          <aside className="column" aria-label="About this deal">
            {timeline && <Facts timeline={timeline} />}
            <Drop user={settings.user.key} onNotice={onNotice} />
          </aside>
          <section className="column is-wide" aria-label="Record">
            <Tabs
              tabs={[
                { id: 'timeline', title: 'Activities', panel: <Timeline items={timeline?.items} timeZone={settings.portal.timezone} /> },
                {
                  id: 'conversation',
                  title: 'Conversation',
                  panel: (
                    <div className="card">
                      <CardFrame card="Conversation" title="Conversation" location="crm.record.tab" {...frame} />
                    </div>
                  ),
                },
                {
                  id: 'people',
                  title: 'People',
                  panel: (
                    <div className="card">
                      <CardFrame card="People" title="People" location="crm.record.tab" {...frame} />
                    </div>
                  ),
                },
              ]}
            />
          </section>
          <aside className="column" aria-label="Cards">
            <section className="card" aria-labelledby="next-action">
              <h2 id="next-action" className="card-title">
                Next action
              </h2>
              <CardFrame card="NextAction" title="Next action" location="crm.record.sidebar" {...frame} />
            </section>
            <p className="fine">
              The card is the production bundle, in a worker, through the signing proxy. The page around it is ours: in the manner of
              HubSpot, not its pixels.
            </p>
          </aside>
        </div>
      </main>
      <Notices notice={notice} />
    </>
  );
}
