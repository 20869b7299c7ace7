import { type ComponentProps, type ReactNode, useEffect, useId, useState } from 'react';
import type { Drawn } from './drawn.ts';

type Shared = Pick<ComponentProps<Drawn<'Input'>>, 'label' | 'value' | 'description' | 'required' | 'onChange' | 'onInput'>;

/** What is typed stays here until it is committed on leaving the field, as HubSpot does it. */
function useTyped({ value, onChange, onInput }: Shared) {
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  return {
    value: typed,
    onChange: (event: { target: { value: string } }) => {
      setTyped(event.target.value);
      onInput?.(event.target.value);
    },
    onBlur: () => {
      if (typed !== (value ?? '')) onChange?.(typed);
    },
  };
}

function Field({
  id,
  label,
  description,
  required,
  children,
}: Pick<Shared, 'label' | 'description' | 'required'> & { id: string; children: ReactNode }) {
  return (
    <div className="hs-field">
      <label htmlFor={id}>{required ? `${label} (required)` : label}</label>
      {description && <small>{description}</small>}
      {children}
    </div>
  );
}

export const Input: Drawn<'Input'> = (props) => {
  const id = useId();
  const { name, type = 'text', readOnly, placeholder, testId } = props;
  return (
    <Field {...props} id={id}>
      <input id={id} name={name} type={type} readOnly={readOnly} placeholder={placeholder} data-test-id={testId} {...useTyped(props)} />
    </Field>
  );
};

export const TextArea: Drawn<'TextArea'> = (props) => {
  const id = useId();
  const { name, rows, maxLength, readOnly, placeholder, resize = 'both', testId } = props;
  return (
    <Field {...props} id={id}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        maxLength={maxLength}
        readOnly={readOnly}
        placeholder={placeholder}
        style={{ resize }}
        data-test-id={testId}
        {...useTyped(props)}
      />
    </Field>
  );
};

export const Select: Drawn<'Select'> = (props) => {
  const id = useId();
  const { label = '', name, value, options, placeholder, readOnly, testId, onChange } = props;
  return (
    <Field {...props} label={label} id={id}>
      <select
        id={id}
        name={name}
        disabled={readOnly}
        data-test-id={testId}
        value={options.findIndex((option) => option.value === value)}
        onChange={(event) => {
          const chosen = options[Number(event.target.value)];
          if (chosen) onChange?.(chosen.value);
        }}
      >
        <option value={-1} disabled>
          {placeholder}
        </option>
        {options.map((option, at) => (
          <option key={String(option.value)} value={at}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
};
