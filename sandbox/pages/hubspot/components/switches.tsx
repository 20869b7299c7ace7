import { useId, useState } from 'react';
import type { Drawn } from './drawn.ts';

export const Toggle: Drawn<'Toggle'> = ({
  label,
  name,
  checked = false,
  readOnly,
  labelDisplay = 'inline',
  size = 'md',
  onChange,
  testId,
}) => (
  <label className={`hs-toggle is-${size}`} data-test-id={testId}>
    <input
      type="checkbox"
      role="switch"
      aria-checked={checked}
      name={name}
      checked={checked}
      disabled={readOnly}
      onChange={(event) => onChange?.(event.target.checked)}
    />
    <span className={labelDisplay === 'hidden' ? 'hidden' : ''}>{label}</span>
  </label>
);

export const Checkbox: Drawn<'Checkbox'> = ({
  children,
  name,
  checked = false,
  readOnly,
  description,
  value = '',
  onChange,
  testId,
  ...props
}) => (
  <label className="hs-checkbox" data-test-id={testId}>
    <input
      type="checkbox"
      name={name}
      checked={checked}
      disabled={readOnly}
      aria-label={props['aria-label']}
      onChange={(event) => onChange?.(event.target.checked, value)}
    />
    <span>
      {children}
      {description && <small>{description}</small>}
    </span>
  </label>
);

/** A title that folds what belongs to it in and out. */
export const Accordion: Drawn<'Accordion'> = ({ title, children, defaultOpen = false, open, disabled, size = 'sm', onClick, testId }) => {
  const [isFolded, setFolded] = useState(!defaultOpen);
  const id = useId();
  const isOpen = open ?? !isFolded;
  const press = () => {
    onClick?.();
    setFolded(isOpen);
  };
  return (
    <div className={`hs-accordion is-${size}`} data-test-id={testId}>
      <button type="button" aria-expanded={isOpen} aria-controls={id} disabled={disabled} onClick={press}>
        <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {title}
      </button>
      <div id={id} hidden={!isOpen}>
        {children}
      </div>
    </div>
  );
};
