import type { Drawn } from './drawn.ts';

export const Alert: Drawn<'Alert'> = ({ title, children, variant = 'info', testId }) => (
  <div
    className={`hs-alert is-${variant === 'error' ? 'danger' : variant}`}
    role={variant === 'danger' || variant === 'error' ? 'alert' : 'status'}
    data-test-id={testId}
  >
    <h3 className="hs-heading">{title}</h3>
    {children}
  </div>
);

export const EmptyState: Drawn<'EmptyState'> = ({ title, children, layout = 'horizontal', imageWidth = 250, flush, testId }) => (
  <div className={`hs-empty is-${layout}${flush ? ' is-flush' : ''}`} data-test-id={testId}>
    <svg width={imageWidth} viewBox="0 0 120 72" aria-hidden="true">
      <rect x="14" y="10" width="92" height="52" rx="8" fill="#eaf0f6" />
      <path d="M30 36h8M44 28v16M56 22v28M68 30v12M80 36h10" stroke="#7c98b6" strokeWidth="5" strokeLinecap="round" />
    </svg>
    <div>
      {title && <h3 className="hs-heading">{title}</h3>}
      {children}
    </div>
  </div>
);

export const ErrorState: Drawn<'ErrorState'> = ({ title, children, type = 'error', testId }) => (
  <div className={`hs-error is-${type}`} role="alert" data-test-id={testId}>
    <span className="hs-error-mark" aria-hidden="true">
      {type === 'lock' ? <Lock /> : '!'}
    </span>
    {title && <h3 className="hs-heading">{title}</h3>}
    {children}
  </div>
);

const Lock = () => (
  <svg width="16" height="18" viewBox="0 0 16 18" aria-hidden="true">
    <rect x="1" y="8" width="14" height="9" rx="2" fill="currentColor" />
    <path d="M4.5 8V5a3.5 3.5 0 0 1 7 0v3" fill="none" stroke="currentColor" strokeWidth="2" />
  </svg>
);

export const LoadingSpinner: Drawn<'LoadingSpinner'> = ({ label, showLabel, layout = 'inline', testId }) => (
  <div className={`hs-spinner is-${layout}`} role="status" data-test-id={testId}>
    <span className="hs-spinner-ring" aria-hidden="true" />
    <span className={showLabel ? '' : 'hidden'}>{label}</span>
  </div>
);

export const ProgressBar: Drawn<'ProgressBar'> = ({
  title,
  value = 0,
  maxValue = 100,
  valueDescription,
  showPercentage,
  variant = 'success',
  testId,
  ...props
}) => (
  <div className="hs-progress" data-test-id={testId}>
    <div className="hs-progress-words">
      <span>{title}</span>
      <span>{valueDescription ?? (showPercentage ? `${Math.round((value / maxValue) * 100)}%` : '')}</span>
    </div>
    <div
      className={`hs-progress-track is-${variant}`}
      role="progressbar"
      aria-label={props['aria-label'] ?? title}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={maxValue}
      aria-valuetext={valueDescription}
    >
      <span style={{ width: `${(value / maxValue) * 100}%` }} />
    </div>
  </div>
);
