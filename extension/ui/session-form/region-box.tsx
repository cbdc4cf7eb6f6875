import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { ChevronIcon } from '../icons.tsx';
import type { FieldError } from './check-session.ts';
import { fieldAttributes } from './field.tsx';
import { matchingRegions } from './region-list.ts';

interface Props {
  id: string;
  value: string;
  error: FieldError | undefined;
  onValue: (region: string) => void;
  onLeave: (event: FocusEvent) => void;
}

/** An editable combobox with a list (WAI-ARIA Authoring Practices, "Combobox with list autocomplete"). */
export function RegionBox({ id, value, error, onValue, onLeave }: Props) {
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const options = matchingRegions(all ? '' : value);
  // A region typed to its end needs no list, which would lie over the button below.
  const complete = !all && options.includes(value.trim().toLowerCase());
  const shown = open && options.length > 0 && !complete;
  const optionId = (index: number): string => `${id}-option-${index}`;

  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active, shown]);

  const close = (): void => {
    setOpen(false);
    setAll(false);
    setActive(-1);
  };
  const choose = (region: string): void => {
    onValue(region);
    close();
  };
  const move = (by: number): void => {
    setOpen(true);
    setActive((active + by + options.length) % Math.max(1, options.length));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = options[active];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(active < 0 ? 0 : -1);
    else if (event.key === 'Escape' && shown) close();
    else if (event.key === 'Enter' && shown && chosen) choose(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <div class="combo">
      <input
        {...fieldAttributes(id, error)}
        ref={input}
        type="text"
        role="combobox"
        dir="ltr"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        placeholder="eu-central-1"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && active >= 0 ? optionId(active) : undefined}
        value={value}
        onInput={(event) => {
          onValue(event.currentTarget.value);
          setOpen(true);
          setAll(false);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          close();
          onLeave(event);
        }}
      />
      <button
        type="button"
        class="button-icon combo-open"
        tabIndex={-1}
        aria-label={t('regionShow')}
        aria-expanded={shown}
        // Keeps the focus in the field, so that its blur does not close the list that this opens.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          input.current?.focus();
          setAll(true);
          setOpen(!shown);
        }}
      >
        <ChevronIcon />
      </button>
      <div id={`${id}-list`} role="listbox" aria-label={t('regionList')} hidden={!shown} ref={list}>
        {shown &&
          options.map((region, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, by the combobox pattern
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
            <div
              key={region}
              id={optionId(index)}
              role="option"
              dir="ltr"
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(region)}
            >
              {region}
            </div>
          ))}
      </div>
    </div>
  );
}
