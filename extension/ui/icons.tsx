import type { ComponentChildren } from 'preact';

/** Small line icons on a 16-unit grid. All are decoration: the words beside them carry the meaning. */
function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const CheckIcon = () => (
  <Icon>
    <path d="m3.5 8.5 3 3 6-7" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.75" />
    <path d="M10.5 3.5a1 1 0 0 0-1-1h-5a2 2 0 0 0-2 2v5a1 1 0 0 0 1 1" />
  </Icon>
);
export const SlidersIcon = () => (
  <Icon>
    <path d="M2.5 5h5M11.5 5h2M2.5 11h2M8.5 11h5" />
    <circle cx="9.5" cy="5" r="1.75" />
    <circle cx="6.5" cy="11" r="1.75" />
  </Icon>
);
export const AlertIcon = () => (
  <Icon>
    <path d="M8 4.5v4.25M8 11.5v.01" />
    <circle cx="8" cy="8" r="6" />
  </Icon>
);
export const CrossIcon = () => (
  <Icon>
    <path d="m4.5 4.5 7 7M11.5 4.5l-7 7" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon>
    <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
  </Icon>
);
export const HandIcon = () => (
  <Icon>
    <path d="M4.5 2.5v9l2.4-2.1 1.7 4 1.8-.8-1.7-3.8h3.2z" />
  </Icon>
);
export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.25" />
    <path d="m10.25 10.25 3.25 3.25" />
  </Icon>
);
export const StarIcon = ({ filled }: { filled: boolean }) => (
  <Icon>
    <path
      class={filled ? 'icon-filled' : undefined}
      d="m8 2.25 1.75 3.6 3.95.55-2.85 2.8.67 3.95L8 11.3l-3.52 1.85.67-3.95L2.3 6.4l3.95-.55z"
    />
  </Icon>
);
export const ShieldIcon = () => (
  <Icon>
    <path d="M8 1.75 13 3.5v4c0 3.2-2.1 5.6-5 6.75-2.9-1.15-5-3.55-5-6.75v-4z" />
    <path d="M8 5v3.25M8 10.5v.01" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M8 3v10M3 8h10" />
  </Icon>
);
export const DotsIcon = () => (
  <Icon>
    <path d="M3.5 8v.01M8 8v.01M12.5 8v.01" stroke-width="2.25" />
  </Icon>
);
export const TerminalIcon = () => (
  <Icon>
    <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="2" />
    <path d="m4.5 6 2.25 2-2.25 2M8.5 10.25h3" />
  </Icon>
);
export const CloudOffIcon = () => (
  <Icon>
    <path d="M4.5 5.4A3 3 0 0 0 4.75 12H11M13 11.2a2.6 2.6 0 0 0-1.5-4.45A3.75 3.75 0 0 0 6.75 4M2.5 2.5l11 11" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <rect x="3.5" y="7" width="9" height="6.5" rx="1.5" />
    <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
  </Icon>
);
export const DashIcon = () => (
  <Icon>
    <path d="M4.5 8h7" />
  </Icon>
);
