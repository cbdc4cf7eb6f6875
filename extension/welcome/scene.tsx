/**
 * A terminal at the wall and a door beside it, which opens with every step until its light reaches the terminal. Our own
 * drawing, after `extension/icons/mark.svg`; decoration, so screen readers skip it. `lit` is 0 to 3.
 */
export function Scene({ lit }: { lit: number }) {
  return (
    <svg
      class={`scene scene-${lit}`}
      viewBox="0 0 640 216"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <linearGradient id="glow" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#fff6df" />
          <stop offset="1" stop-color="#ffd98a" />
        </linearGradient>
        <linearGradient id="beam" x1="1" y1="0" x2="0" y2="0">
          <stop offset="0" stop-color="#ffd98a" stop-opacity="0.85" />
          <stop offset="1" stop-color="#ffd98a" stop-opacity="0" />
        </linearGradient>
      </defs>
      <rect class="scene-wall" width="640" height="216" />
      <rect class="scene-floor" y="172" width="640" height="44" />
      <path class="scene-beam" fill="url(#beam)" d="M452 172h94l-34 44H110z" />
      <g class="scene-terminal">
        <rect class="terminal" x="92" y="44" width="236" height="128" rx="10" />
        <path class="terminal-bar" d="M92 66h236" />
        <circle class="terminal-dot" cx="107" cy="55" r="3.5" />
        <circle class="terminal-dot" cx="119" cy="55" r="3.5" />
        <circle class="terminal-dot" cx="131" cy="55" r="3.5" />
        <path class="prompt" d="m110 82 6 5.5-6 5.5" />
        <path class="typed" d="M126 87.5h72" />
        <path class="typed quiet-line said-1" d="M110 107.5h128" />
        <path class="typed quiet-line said-2" d="M110 125.5h96" />
        <path class="tick said-3" d="m110 145.500 4.500 4.500 8.500-9.500" />
        <path class="typed quiet-line said-3" d="M132 145.500h104" />
      </g>
      <g class="scene-door">
        <path class="door-inside" fill="url(#glow)" d="M452 172V92a47 47 0 0 1 94 0v80z" />
        <path class="door-figure" d="m487 112 22 20-22 20" />
        <path class="door-leaf" d="M452 172V92a47 47 0 0 1 94 0v80z" />
        <circle class="door-knob" cx="534" cy="126" r="4" />
        <path class="door-frame" d="M452 172V92a47 47 0 0 1 94 0v80" />
      </g>
    </svg>
  );
}
