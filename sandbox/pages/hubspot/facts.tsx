import type { TimelineView } from './timeline.ts';

export function StagePath({ deal: { stages, stageId } }: Pick<TimelineView, 'deal'>) {
  const at = stages.findIndex(({ id }) => id === stageId);
  return (
    <ol className="path" aria-label="Deal stage">
      {stages.map(({ id, label }, place) => (
        <li key={id} className={place < at ? 'is-past' : place === at ? 'is-here' : ''} aria-current={place === at ? 'step' : undefined}>
          {label}
        </li>
      ))}
    </ol>
  );
}

export function Facts({ timeline: { deal, company, contacts } }: { timeline: TimelineView }) {
  const stage = deal.stages.find(({ id }) => id === deal.stageId);
  return (
    <>
      <section className="card" aria-labelledby="about">
        <h2 id="about" className="card-title">
          About this deal
        </h2>
        <dl className="facts">
          <dt>Stage</dt>
          <dd data-fact="stage">{stage?.label ?? deal.stageId}</dd>
          <dt>Amount</dt>
          <dd>{deal.amount.toLocaleString('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })}</dd>
          {deal.closeDate && (
            <>
              <dt>Close date</dt>
              <dd>{new Date(deal.closeDate).toLocaleDateString('en-US', { dateStyle: 'medium' })}</dd>
            </>
          )}
          <dt>Owner</dt>
          <dd>{deal.owner}</dd>
        </dl>
      </section>
      <section className="card" aria-labelledby="contacts">
        <h2 id="contacts" className="card-title">
          {`Contacts (${contacts.length})`}
        </h2>
        {contacts.map(({ id, name, title, email, phone }) => (
          <div key={id} className="contact">
            <span className="face" aria-hidden="true">
              {name.charAt(0)}
            </span>
            <div>
              <strong>{name}</strong>
              {[title, email, phone].map((line) => line && <div key={line}>{line}</div>)}
            </div>
          </div>
        ))}
        {company && <p className="company">{[company.name, company.domain].filter(Boolean).join(' · ')}</p>}
      </section>
    </>
  );
}
